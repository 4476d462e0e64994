using System.Management.Automation;
using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.PowerShell.Hosting;
using MfaSts.PowerShell.Parameters;
using MfaSts.Stores;

namespace MfaSts.PowerShell.Commands;

/// <summary>Removes a profile's long-term access keys and MFA device from wherever they are kept. Its session stays.</summary>
[Cmdlet(VerbsCommon.Remove, "MfaLongTermCredential", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveMfaLongTermCredentialCommand : MfaCmdlet
{
    private readonly HashSet<(string Profile, string AccessKeyId)> _served = [];

    /// <summary>The profile.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ProfileName")]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string Profile { get; set; } = string.Empty;

    /// <summary>Only this access key, of a profile that has several.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? AccessKeyId { get; set; }

    private protected override void Process()
    {
        if (AccessKeyId is not null && !_served.Add((Profile, AccessKeyId)))
        {
            // Get-MfaLongTermCredential lists a key once for each place that has it.
            return;
        }

        var all = LongTermCredentials.FindAll(Profile);
        var found = all.Where(stored => AccessKeyId is null || stored.AccessKeyId == AccessKeyId).ToArray();
        if (found.Length == 0)
        {
            throw all.Count == 0 ? LongTermCredentials.NotFound(Profile) : MfaErrors.AccessKeyNotFound(Profile, all);
        }

        // Each is named and asked about: a profile may have different keys in different layouts.
        foreach (var stored in found)
        {
            if (ShouldProcess($"{stored.AccessKeyId} in [{stored.Section}] of '{stored.Path}'", Doing(stored)))
            {
                Remove(stored);
            }
        }
    }

    // What was taken with the key must not outlive it here.
    private void Remove(LongTermCredential stored)
    {
        if (!Wait(token => Keeper.RemoveAsync(stored, token), $"Removing the access key of '{Profile}'"))
        {
            throw LongTermCredentials.NotFound(Profile);
        }

        if (LongTermCredentials.FindAll(Profile).All(other => other.AccessKeyId == stored.AccessKeyId))
        {
            var roles = WaitForFiles(token => Sessions.RemoveRoles(Profile, token));
            if (roles.Count > 0)
            {
                WriteVerbose(
                    $"The sessions of the roles that were taken with {stored.AccessKeyId} are removed: {string.Join(", ", roles)}.");
            }
        }
    }

    private static string Doing(LongTermCredential stored) =>
        stored.Store == KeyStoreName.File
            ? "Remove long-term access key"
            : $"Remove long-term access key, and its secret in the store {stored.Store}";
}
