namespace MfaSts.Credentials;

/// <summary>Long-term keys with where they were found. It holds the secret, so it never leaves the services; <see cref="MfaLongTermCredential"/> does.</summary>
public sealed class LongTermCredential
{
    /// <summary>The profile.</summary>
    public required string Profile { get; init; }

    /// <summary>The access key ID.</summary>
    public required string AccessKeyId { get; init; }

    /// <summary>The secret access key.</summary>
    public required string SecretAccessKey { get; init; }

    /// <summary>The MFA device stored with the keys, or null.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>The section that holds them.</summary>
    public required string Section { get; init; }

    /// <summary>The file that holds them.</summary>
    public required string Path { get; init; }

    internal LongTermLayout Layout { get; init; } = LongTermLayout.Own;

    /// <summary>The profile and key ID; never the secret.</summary>
    public override string ToString() => $"{Profile} ({AccessKeyId})";
}
