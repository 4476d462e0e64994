using System.Management.Automation;
using MfaSts.Errors;
using MfaSts.PowerShell.Hosting;
using MfaSts.PowerShell.Renewal;

namespace MfaSts.PowerShell.Commands;

/// <summary>
/// Takes the session out of this process's environment, puts back what was there before Use-MfaSession, and ends its renewal in this shell.
/// The stored session stays.
/// </summary>
[Cmdlet(VerbsCommon.Clear, "MfaSession", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
public sealed class ClearMfaSessionCommand : MfaCmdlet
{
    private protected override void Process()
    {
        if (!ShouldProcess("the environment of this process", "Remove the session"))
        {
            return;
        }

        bool hasRenewal = RenewalHooks.TakeOut();
        bool hadSession = false;
        using (var turn = SessionEnvironment.Clear(Runspace, found => hadSession = found))
        {
            Await(turn);
        }

        if (!hadSession && !hasRenewal)
        {
            WriteError(ErrorRecords.From(MfaErrors.NoActiveSession()));
        }
    }
}
