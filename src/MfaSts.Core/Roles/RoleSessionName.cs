namespace MfaSts.Roles;

/// <summary>
/// The name of a role's session where none is configured: the IAM user's, so that CloudTrail and <c>sts:RoleSessionName =
/// ${aws:username}</c> are served.
/// </summary>
internal static class RoleSessionName
{
    private const int Least = 2;
    private const int Most = 64;
    private const string Fallback = "mfasts";

    /// <summary>A name made legal: 2 to 64 of <c>[\w+=,.@-]</c>.</summary>
    public static string From(string? userName)
    {
        string legal =
            new(
                (userName ?? string.Empty).Where(
                    c => char.IsAsciiLetterOrDigit(c) || "_+=,.@-".Contains(c, StringComparison.Ordinal)).Take(Most).ToArray());
        return legal.Length >= Least ? legal : Fallback;
    }

    /// <summary>The user's name as a virtual device's ARN tells it, or null: most often a device has its user's.</summary>
    public static string? OfDevice(string? serialNumber) =>
        DeviceArn.AccountOf(serialNumber) is null ? null : DeviceArn.NameOf(serialNumber!);
}
