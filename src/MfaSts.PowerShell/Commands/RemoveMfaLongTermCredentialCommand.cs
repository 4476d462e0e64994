using System.Management.Automation;
using MfaSts.Errors;
using MfaSts.PowerShell.Hosting;
using MfaSts.PowerShell.Parameters;

namespace MfaSts.PowerShell.Commands;

/// <summary>Removes a profile's long-term access key and MFA device from the credentials file. Its session stays.</summary>
[Cmdlet(VerbsCommon.Remove, "MfaLongTermCredential", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveMfaLongTermCredentialCommand : MfaCmdlet
{
    /// <summary>The profile.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ProfileName")]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string Profile { get; set; } = string.Empty;

    private protected override void Process()
    {
        var found = LongTermCredentials.FindAll(Profile);
        if (found.Count == 0)
        {
            throw MfaErrors.LongTermCredentialNotFound(Profile, Files.Credentials.Path);
        }

        // Each is named and asked about: a profile may have different keys in different layouts.
        foreach (var stored in found)
        {
            if (ShouldProcess($"{stored.AccessKeyId} in [{stored.Section}] of '{stored.Path}'", "Remove long-term access key")
                && !LongTermCredentials.Remove(stored, StopToken))
            {
                throw MfaErrors.LongTermCredentialNotFound(Profile, Files.Credentials.Path);
            }
        }
    }
}
