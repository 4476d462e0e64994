using System.Management.Automation;
using MfaSts.PowerShell.Hosting;
using MfaSts.PowerShell.Parameters;
using MfaSts.Profiles;

namespace MfaSts.PowerShell.Commands;

/// <summary>Takes MfaSts's credential_process out of a profile again. Its session stays usable.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "MfaCredentialProcess", SupportsShouldProcess = true)]
public sealed class UnregisterMfaCredentialProcessCommand : MfaCmdlet
{
    /// <summary>The profile.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ProfileName")]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string Profile { get; set; } = string.Empty;

    private protected override void Process()
    {
        if (ShouldProcess($"[profile {Profile}] in '{Files.Config.Path}'", "Remove credential_process")
            && !WaitForFiles(token => new CredentialProcessStore(Files).Unregister(Profile, token)))
        {
            WriteVerbose($"Profile '{Profile}' has no credential_process.");
        }
    }
}
