using System.Globalization;
using System.Management.Automation;
using MfaSts.PowerShell.Hosting;
using MfaSts.PowerShell.Loading;
using MfaSts.PowerShell.Parameters;
using MfaSts.Profiles;
using MfaSts.Rotation;
using MfaSts.Sessions;

namespace MfaSts.PowerShell.Commands;

/// <summary>
/// Replaces a profile's long-term access key by a new one: made, proved and stored before the old one is removed from AWS. It takes an MFA
/// session, which is got as Get-MfaSessionToken gets it.
/// </summary>
[Cmdlet(VerbsData.Update, "MfaLongTermCredential", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MfaLongTermCredential))]
public sealed class UpdateMfaLongTermCredentialCommand : SessionCmdlet
{
    /// <summary>The profile.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ProfileName")]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string Profile { get; set; } = string.Empty;

    /// <summary>Where the new secret access key is kept: File, System or Vault:name. Where the old one is, unless said otherwise.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(KeyStoreCompleter))]
    public string? Store { get; set; }

    /// <summary>Give what is stored now, without the secret.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private SessionRequest OfUser(string profile, bool force) =>
        RequestFor(profile, MinimumRemaining ?? SessionRequest.UsualMinimumRemaining, force, isOfUser: true);

    private protected override void Process()
    {
        string profile = ProfileName.Require(Profile);
        var stored = LongTermCredentials.Find(profile) ?? throw LongTermCredentials.NotFound(profile);
        if (!ShouldProcess(
            $"{stored.AccessKeyId} in [{stored.Section}] of '{stored.Path}'",
            $"Replace the long-term access key of profile '{profile}' with a new one"))
        {
            return;
        }

        // The user's own: a role has no access keys. A session of a role that aws-mfa stored in its place does not serve.
        var session = GetSession(OfUser(profile, Force));
        if (session?.AssumedRoleArn is not null)
        {
            session = GetSession(OfUser(profile, force: true));
        }

        if (session is null)
        {
            return;
        }

        var rotator = new AccessKeyRotator(Files, SessionEnvironment.AsBeforeUse(Files), Gateway.Get, Stores);
        using var plan =
            Wait(token => rotator.PrepareAsync(profile, session, Region, Store, token), $"Asking AWS for the access keys of '{profile}'");
        WriteVerbose(string.Create(
            CultureInfo.InvariantCulture, $"Access key {plan.AccessKeyId} exists since {plan.CreateDate:yyyy-MM-dd}, "
                + $"{(TimeProvider.System.GetUtcNow() - plan.CreateDate).Days} days."));
        foreach (string place in plan.Places)
        {
            WriteVerbose($"Access key {plan.AccessKeyId} is replaced in {place}.");
        }

        var renewed = Wait(token => rotator.RotateAsync(plan, token), $"Replacing the access key of '{profile}'");
        foreach (string warning in plan.Warnings)
        {
            WriteWarning(warning);
        }

        WriteVerbose($"Access key {renewed.AccessKeyId} is stored, and {plan.AccessKeyId} is removed from AWS.");
        var roles = WaitForFiles(token => Sessions.RemoveRoles(profile, token));
        if (roles.Count > 0)
        {
            WriteVerbose($"The sessions of the roles that were taken with {plan.AccessKeyId} are removed: {string.Join(", ", roles)}.");
        }

        if (PassThru)
        {
            WriteObject(LongTermCredentials.Show(renewed));
        }
    }
}
