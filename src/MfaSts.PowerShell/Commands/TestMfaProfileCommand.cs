using System.Management.Automation;
using MfaSts.PowerShell.Parameters;

namespace MfaSts.PowerShell.Commands;

/// <summary>Finds what keeps AWS tools from a profile's session. Nothing is changed, nobody is asked, and no request is made.</summary>
[Cmdlet(VerbsDiagnostic.Test, "MfaProfile")]
[OutputType(typeof(MfaProfileFinding), typeof(bool))]
public sealed class TestMfaProfileCommand : ProfileFindingCmdlet
{
    private bool _isHealthy = true;

    /// <summary>The profiles; wildcards are allowed. All when it is absent.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("ProfileName")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string[]? Profile { get; set; }

    /// <summary>Give only whether nothing was found.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override bool IsOneOfSeveral => base.IsOneOfSeveral || Profile is { Length: > 1 };

    private protected override void Process()
    {
        var findings = FindingsOf(Profile);
        _isHealthy &= findings.Count == 0;
        if (!Quiet)
        {
            WriteObject(findings, enumerateCollection: true);
        }
    }

    private protected override void Finish()
    {
        if (Quiet)
        {
            WriteObject(_isHealthy);
        }
    }
}
