using System.Management.Automation;
using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Profiles;
using MfaSts.Stores;

namespace MfaSts.PowerShell.Commands;

/// <content>Called without any argument at a terminal, the cmdlet leads to the first session, step by step.</content>
public sealed partial class SetMfaLongTermCredentialCommand
{
    private bool IsBare => !MyInvocation.BoundParameters.Keys.Except(CommonParameters).Except(OptionalCommonParameters).Any();

    private void Guide()
    {
        string usual = ProfileOrDefault(profile: null);
        string answer = Asker.Ask(usual, "The profile", $"Name of the profile (Enter for '{usual}')").Trim();
        string profile = ProfileName.Require(answer.Length == 0 ? usual : answer);
        var stored = LongTermCredentials.FindReplaceable(profile);
        if (stored is not null && !MayReplace(stored))
        {
            return;
        }

        var (id, secret) = Keys(profile);
        Store = stored is null && OffersSystem() ? KeyStoreName.System : null;
        var change = Change(profile, id, secret, serial: null);
        Prove(change);
        if (Keep(change) && LearnDevice(profile, isKeyReplaced: stored is not null && stored.AccessKeyId != id))
        {
            OfferSession(profile);
        }
    }

    private bool MayReplace(LongTermCredential stored) => Asker.AskWhether(
        "Replace the access key",
        $"Profile '{stored.Profile}' has the access key {stored.AccessKeyId} in [{stored.Section}] of '{stored.Path}'. Give another one?",
        isYesUsual: false);

    // The file is usual: it is what every older tool reads.
    private bool OffersSystem() => Wait(Stores.HasSystemAsync, "Looking for the system's key store") && Asker.AskWhether(
        "Where the secret is kept",
        "This system has a key store. Keep the secret access key there, instead of in clear in the credentials file? Tools that read it "
            + "from the file, such as "
            + "aws-mfa, no longer find it then.",
        isYesUsual: false);

    // Without a network the keys are stored all the same, and the user knows that they are not proved.
    private void Prove(LongTermCredentialChange change)
    {
        try
        {
            var identity = Wait(token => Broker.IdentifyAsync(change, token), "Asking AWS about the access key");
            Asker.Tell($"AWS accepts the key; it is that of {identity.Arn}.");
        }
        catch (MfaException e) when (e.Error.Id == MfaErrorId.StsUnreachable)
        {
            WriteWarning($"The access key could not be checked. {e.Error.Message}");
        }
    }

    // The device that is known may be another user's than the new key: then AWS is asked.
    private bool LearnDevice(string profile, bool isKeyReplaced)
    {
        bool isKnown = LongTermCredentials.FindSerialNumber(profile) is not null;
        if (isKnown && !isKeyReplaced)
        {
            return true;
        }

        try
        {
            Asker.Tell($"MFA device: {FindDevice(profile, region: null, mayAsk: true)}");
            return true;
        }
        catch (MfaException e) when (
            e.Error.Id is MfaErrorId.SerialNumberMissing or MfaErrorId.StsUnreachable or MfaErrorId.StsFailed or MfaErrorId.StsThrottled)
        {
            if (!isKnown)
            {
                Asker.Tell(e.Error.Message);
            }
        }

        return isKnown || (AskForDevice(profile, stored: null) is { } serial && Keep(Change(profile, id: null, secret: null, serial)));
    }

    private void OfferSession(string profile)
    {
        if (Asker.AskWhether("First session", "Get a session for this shell now? It takes one MFA code.", isYesUsual: true))
        {
            // By force: a session that is stored is not of the keys just given, and is perhaps another user's.
            using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
            shell.AddCommand(@"MfaSts\Use-MfaSession").AddParameter("Profile", profile).AddParameter("Force").AddParameter("PassThru");
            var given = shell.AddParameter("ErrorAction", ActionPreference.Stop).Invoke();

            // Ctrl+C at the code ends that pipeline without a word, and not this one.
            if (shell.InvocationStateInfo.State != PSInvocationState.Completed)
            {
                throw new PipelineStoppedException();
            }

            if (given.Count > 0)
            {
                Asker.Tell(
                    "The session is in this shell, and in the credentials file for every other tool. Tomorrow: Use-MfaSession "
                        + $"{PowerShellText.Quote(profile)}");
            }
        }
    }
}
