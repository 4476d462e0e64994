using MfaSts.Stores;

namespace MfaSts.Credentials;

/// <summary>
/// Long-term keys with where they were found. It may hold the secret, so it never leaves the services; <see cref="MfaLongTermCredential"/>
/// does.
/// </summary>
public sealed class LongTermCredential
{
    /// <summary>The profile.</summary>
    public required string Profile { get; init; }

    /// <summary>The access key ID; empty when only the profile's key_process knows it.</summary>
    public required string AccessKeyId { get; init; }

    /// <summary>The secret access key, or null while it lies unread in another store than the file.</summary>
    public string? SecretAccessKey { get; init; }

    /// <summary>Where the secret is kept, one of <see cref="KeyStoreName"/>.</summary>
    public string Store { get; init; } = KeyStoreName.File;

    /// <summary>The MFA device stored with the keys, or null.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>The section that holds them.</summary>
    public required string Section { get; init; }

    /// <summary>The file that holds them.</summary>
    public required string Path { get; init; }

    internal LongTermLayout Layout { get; init; } = LongTermLayout.Own;

    /// <summary>The text of the profile's key_process, when that gives the keys.</summary>
    internal string? Command { get; init; }

    /// <summary>The profile and key ID; never the secret.</summary>
    public override string ToString() => $"{Profile} ({AccessKeyId})";

    /// <summary>The same with the secret that was read.</summary>
    internal LongTermCredential Unlocked(string accessKeyId, string secretAccessKey) => new()
    {
        Profile = Profile,
        AccessKeyId = accessKeyId,
        SecretAccessKey = secretAccessKey,
        Store = Store,
        SerialNumber = SerialNumber,
        Section = Section,
        Path = Path,
        Layout = Layout,
        Command = Command,
    };
}
