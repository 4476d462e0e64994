using System.Management.Automation;
using MfaSts.Errors;
using MfaSts.PowerShell.Hosting;

namespace MfaSts.PowerShell.Commands;

/// <summary>Takes the session out of this process's environment and puts back what was there before Use-MfaSession. The stored session stays.</summary>
[Cmdlet(VerbsCommon.Clear, "MfaSession", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
public sealed class ClearMfaSessionCommand : MfaCmdlet
{
    private protected override void Process()
    {
        if (ShouldProcess("the environment of this process", "Take the session out") && !SessionEnvironment.Clear())
        {
            WriteError(ErrorRecords.From(MfaErrors.NoActiveSession()));
        }
    }
}
