using MfaSts.Credentials;
using MfaSts.Files;

namespace MfaSts.PowerShell.Parameters;

/// <summary>Completes -SerialNumber: the MFA devices that are stored beside long-term keys, the profile's first.</summary>
public sealed class SerialNumberCompleter : LocalCompleter
{
    private protected override IEnumerable<(string Value, string Tooltip)> Find(AwsFiles files, string? profile) =>
        new LongTermCredentialStore(files).List()
            .Where(credential => credential.SerialNumber is not null)
            .GroupBy(credential => credential.SerialNumber!)
            .OrderBy(device => device.All(credential => credential.Profile != profile))
            .ThenBy(device => device.Key, StringComparer.Ordinal)
            .Select(
                device => (
                    device.Key,
                    "MFA device of profile "
                        + string.Join(", ", device.Select(credential => credential.Profile).Distinct().Order(StringComparer.Ordinal))));
}
