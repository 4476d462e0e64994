using System.Management.Automation;
using MfaSts.PowerShell.Hosting;
using MfaSts.PowerShell.Parameters;

namespace MfaSts.PowerShell.Commands;

/// <summary>Lists the profiles that have a long-term access key, and where it was found. Secrets are never shown.</summary>
[Cmdlet(VerbsCommon.Get, "MfaLongTermCredential")]
[OutputType(typeof(MfaLongTermCredential))]
public sealed class GetMfaLongTermCredentialCommand : MfaCmdlet
{
    /// <summary>The profiles; wildcards are allowed. All when it is absent.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("ProfileName")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string[]? Profile { get; set; }

    private protected override bool IsOneOfSeveral => base.IsOneOfSeveral || Profile is { Length: > 1 };

    private protected override void Process()
    {
        Matching.Write(
            this,
            LongTermCredentials.List(),
            credential => credential.Profile,
            Profile,
            profile => Report(LongTermCredentials.NotFound(profile)));
        WarnOnce(Doctor.ExamineFiles());
    }
}
