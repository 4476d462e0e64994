using System.CommandLine;
using MfaSts.Cli.Output;
using MfaSts.Errors;
using MfaSts.Sessions;

namespace MfaSts.Cli.Commands;

/// <summary>
/// What an AWS SDK runs for every request of a profile. The stored session is handed out while AWS takes it, since an SDK fails when this fails; it is renewed
/// early only when nobody needs to be asked.
/// </summary>
internal sealed class CredentialProcessCommand : DescribedCommand
{
    private static readonly TimeSpan LastMinute = TimeSpan.FromSeconds(60);

    private readonly CliHost _host;

    public CredentialProcessCommand(CliHost host, Func<ParseResult, Messages> messages)
        : base("credential-process", "[profile]", "Write a profile's session as JSON, for credential_process in ~/.aws/config.",
            "mfasts credential-process prod",
            "[profile prod]",
            "credential_process = mfasts credential-process prod")
    {
        _host = host;
        var profile = Parts.Profile(host);
        Add(profile);
        SetAction((parsed, cancellationToken) =>
        {
            var said = messages(parsed);
            var source = new SessionSource(host, said);
            var session = Get(source, said, source.ProfileOrDefault(parsed.GetValue(profile)), cancellationToken);
            host.Output.Write(CredentialProcessJson.Of(session));
            host.Output.Flush();
            return Task.FromResult(ExitCodes.Success);
        });
    }

    private MfaSession Get(SessionSource source, Messages said, string profile, CancellationToken cancellationToken)
    {
        var request = new SessionRequest { Profile = profile, MinimumRemaining = LastMinute };
        if (source.FindUsable(request) is not { } stored)
        {
            return source.Get(request, tokenCode: null, isExplicit: false, cancellationToken);
        }

        if (stored.Remaining > RenewalWindow.Longest || !source.HasCodeCommand(profile))
        {
            return stored;
        }

        try
        {
            return RenewEarly(source, profile, stored.Remaining, cancellationToken) ?? stored;
        }
        catch (MfaException e)
        {
            said.Warn($"The session was not renewed: {Remedies.ForProgram(e.Error.ToString())}");
            return stored;
        }
    }

    private MfaSession? RenewEarly(SessionSource source, string profile, TimeSpan remaining, CancellationToken cancellationToken)
    {
        var window = new RenewalWindow(_host, source, profile);
        if (remaining > window.Length || window.HasJustFailed)
        {
            return null;
        }

        try
        {
            var request = new SessionRequest { Profile = profile, MinimumRemaining = window.Length };
            return source.TryRenewUnasked(request, window, cancellationToken);
        }
        catch (MfaException)
        {
            window.NoteFailure();
            throw;
        }
    }
}
