using System.CommandLine;
using MfaSts.Cli.Output;
using MfaSts.Errors;
using MfaSts.Sessions;

namespace MfaSts.Cli.Commands;

/// <summary>
/// What an AWS SDK runs for every request of a profile. The stored session is handed out while AWS takes it, since an SDK fails when this
/// fails; it is renewed early only when nobody needs to be asked.
/// </summary>
internal sealed class CredentialProcessCommand : DescribedCommand
{
    private static readonly TimeSpan LastMinute = TimeSpan.FromSeconds(60);


    // The SDK for Go kills a process after a minute (processcreds.DefaultTimeout), and what comes after the answer takes its time too.
    private static readonly TimeSpan QuestionLimit = TimeSpan.FromSeconds(50);
    public CredentialProcessCommand(CliHost host, Func<ParseResult, Messages> messages)
        : base("credential-process", "[profile]", "Write a profile's session as JSON, for credential_process in ~/.aws/config.",
            "mfasts credential-process prod",
            "[profile prod]",
            "credential_process = mfasts credential-process prod")
    {
        var profile = Parts.Profile(host);
        Add(profile);
        SetAction((parsed, cancellationToken) =>
        {
            var said = messages(parsed);
            host.Terminal.Limit = QuestionLimit;
            var source = new SessionSource(host, said);
            var session = Get(source, said, source.ProfileOrDefault(parsed.GetValue(profile)), cancellationToken);
            host.Output.Write(CredentialProcessJson.Of(session));
            host.Output.Flush();
            return Task.FromResult(ExitCodes.Success);
        });
    }

    private static MfaSession Get(SessionSource source, Messages said, string profile, CancellationToken cancellationToken)
    {
        var request = new SessionRequest { Profile = profile, MinimumRemaining = LastMinute };
        if (source.FindUsable(request) is not { } stored)
        {
            return source.Get(request, tokenCode: null, isExplicit: false, cancellationToken);
        }

        if (stored.Remaining > RenewalWindow.Longest || !source.CanRenewUnasked(request))
        {
            return stored;
        }

        try
        {
            var window = RenewalWindow.Of(source, profile);
            return (stored.Remaining > window ? null : source.TryRenewUnasked(request.With(window), cancellationToken)) ?? stored;
        }
        catch (MfaException e)
        {
            said.Warn($"The session was not renewed: {Remedies.ForProgram(e.Error.ToString())}");
            return stored;
        }
    }
}
