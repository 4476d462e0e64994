using MfaSts.Credentials;
using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.PowerShell.Parameters;

/// <summary>
/// Completes -Region: of the profile's partition alone when its MFA device tells which that is, else of all, the commercial one first.
/// </summary>
public sealed class RegionCompleter : LocalCompleter
{
    private protected override IEnumerable<(string Value, string Tooltip)> Find(AwsFiles files, string? profile)
    {
        var partition = PartitionOf(files, profile);
        return AwsRegion.Known
            .Where(region => partition is null || region.Partition == partition.Name)
            .Select(region => (region.Name, $"{region.Place} ({region.Partition})"));
    }

    // The list needs no file, so a broken one takes nothing from it.
    private static Partition? PartitionOf(AwsFiles files, string? profile)
    {
        try
        {
            string? device = profile is null
                ? null
                : new LongTermCredentialStore(files).List().FirstOrDefault(credential => credential.Profile == profile)?.SerialNumber;
            return device is null ? null : Partition.OfArn(device);
        }
        catch (Exception e) when (e is Errors.MfaException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
