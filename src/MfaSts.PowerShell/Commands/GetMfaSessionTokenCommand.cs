using System.Management.Automation;
using MfaSts.PowerShell.Parameters;
using MfaSts.PowerShell.Views;

namespace MfaSts.PowerShell.Commands;

/// <summary>Gives a profile's session with its keys: the stored one while it is usable, else a new one for one MFA code.</summary>
[Cmdlet(VerbsCommon.Get, "MfaSessionToken", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(MfaSession))]
public sealed class GetMfaSessionTokenCommand : RoleSessionCmdlet
{
    /// <summary>The profile.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("ProfileName")]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Profile { get; set; }

    private protected override void Process()
    {
        if (GetSession(ProfileOrDefault(Profile)) is { } session)
        {
            WriteObject(SessionView.Wrap(session));
        }
    }
}
