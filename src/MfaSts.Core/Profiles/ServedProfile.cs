namespace MfaSts.Profiles;

/// <summary>
/// The profile that AWS_PROFILE names in a command that takes its keys from the endpoint: it exists there, and gives no keys, so that the
/// SDKs look no further among the profiles.
/// </summary>
internal static class ServedProfile
{
    /// <summary>Its name, or how it begins where that is taken.</summary>
    public const string Name = "mfasts-serve";

    /// <summary>Whether a profile is it.</summary>
    public static bool Is(string profile) => profile.StartsWith(Name, StringComparison.Ordinal);
}
