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
    private static readonly TimeSpan EarliestRenewal = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(60);

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
        SetAction(async (parsed, cancellationToken) =>
        {
            var said = messages(parsed);
            var source = new SessionSource(host, said);
            var session = await GetAsync(source, said, source.ProfileOrDefault(parsed.GetValue(profile)), cancellationToken).ConfigureAwait(false);
            CredentialProcessJson.Write(host.Output, session);
            return ExitCodes.Success;
        });
    }

    private async Task<MfaSession> GetAsync(SessionSource source, Messages said, string profile, CancellationToken cancellationToken)
    {
        var request = new SessionRequest { Profile = profile, MinimumRemaining = LastMinute };
        if (source.FindUsable(request) is not { } stored)
        {
            return await source.GetAsync(request, tokenCode: null, isExplicit: false, cancellationToken).ConfigureAwait(false);
        }

        if (stored.Remaining > EarliestRenewal)
        {
            return stored;
        }

        var early = new RenewalWindow(_host, source, profile, EarliestRenewal, PauseAfterFailure);
        if (stored.Remaining > early.Length || early.HasJustFailed)
        {
            return stored;
        }

        try
        {
            var renewal = new SessionRequest { Profile = profile, MinimumRemaining = early.Length };
            return await source.TryRenewUnaskedAsync(renewal, cancellationToken).ConfigureAwait(false) ?? stored;
        }
        catch (MfaException e)
        {
            early.NoteFailure();
            said.Warn($"The session was not renewed: {e.Error}");
            return stored;
        }
    }
}
