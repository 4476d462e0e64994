using System.Management.Automation;
using MfaSts.PowerShell.Parameters;

namespace MfaSts.PowerShell.Commands;

/// <summary>Repairs what Test-MfaProfile finds, as far as MfaSts can. A file's other bytes stay as they are.</summary>
[Cmdlet(VerbsDiagnostic.Repair, "MfaProfile", SupportsShouldProcess = true, DefaultParameterSetName = ProfileSet)]
[OutputType(typeof(MfaProfileFinding))]
public sealed class RepairMfaProfileCommand : ProfileFindingCmdlet
{
    private const string ProfileSet = "Profile";
    private const string FindingSet = "Finding";

    /// <summary>The profiles; wildcards are allowed. All when it is absent.</summary>
    [Parameter(Position = 0, ParameterSetName = ProfileSet, ValueFromPipelineByPropertyName = true)]
    [Alias("ProfileName")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string[]? Profile { get; set; }

    /// <summary>A finding of Test-MfaProfile.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FindingSet, ValueFromPipeline = true)]
    public MfaProfileFinding[] InputObject { get; set; } = [];

    /// <summary>Give what was repaired.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool IsOneOfSeveral => base.IsOneOfSeveral || Profile is { Length: > 1 };

    private protected override void Process()
    {
        foreach (var finding in ParameterSetName == FindingSet ? InputObject : FindingsOf(Profile))
        {
            if (!finding.CanRepair)
            {
                WriteWarning($"This is not repaired: {finding}");
            }
            else if (ShouldProcess(finding.Place, finding.Repair))
            {
                Repair(finding);
            }
        }
    }

    private void Repair(MfaProfileFinding finding)
    {
        if (!WaitForFiles(token => Doctor.Repair(finding, token)))
        {
            WriteWarning($"This is still there: {finding}");
        }
        else if (PassThru)
        {
            WriteObject(finding);
        }
    }
}
