using MfaSts.Profiles;

namespace MfaSts.Sessions;

/// <summary>
/// The one endpoint that STS had before it had regional ones, for those who ask for it with <c>sts_regional_endpoints = legacy</c> (AWS
/// SDKs and Tools reference guide, "AWS STS Regional endpoints"). botocore honours it in the regions that there were then
/// (<c>LEGACY_GLOBAL_STS_REGIONS</c>). The name of its own that older tools gave it in place of a region is <c>aws-global</c>.
/// </summary>
internal static class LegacySts
{
    private static readonly string[] Regions =
    [
        "ap-northeast-1", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ca-central-1", "eu-central-1", "eu-north-1", "eu-west-1",
        "eu-west-2", "eu-west-3",
        "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2",
    ];

    private const string Global = "aws-global";

    public const string SigningRegion = "us-east-1";

    public static Uri Endpoint { get; } = new("https://sts.amazonaws.com/");

    /// <summary>What asks for it in a region, the variable before the profile; null when nothing does.</summary>
    public static string? IsChosen(string region, MfaProfile profile, EnvironmentVariables variables)
    {
        const string variable = "AWS_STS_REGIONAL_ENDPOINTS", key = "sts_regional_endpoints";
        return region == Global ? $"the region {Global}"
            : Array.IndexOf(Regions, region) < 0 ? null
            : variables[variable] is { } value
            ? IsLegacy(value) ? $"{variable} (legacy)" : null
            : IsLegacy(profile.Setting(key)) ? $"{key} of profile '{profile.Name}' (legacy)" : null;
    }

    private static bool IsLegacy(string? value) => string.Equals(value?.Trim(), "legacy", StringComparison.OrdinalIgnoreCase);
}
