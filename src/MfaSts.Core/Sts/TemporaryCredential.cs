namespace MfaSts.Sts;

/// <summary>Temporary keys as STS gave them.</summary>
public sealed class TemporaryCredential
{
    /// <summary>The access key ID, which begins with ASIA.</summary>
    public required string AccessKeyId { get; init; }

    /// <summary>The secret access key.</summary>
    public required string SecretAccessKey { get; init; }

    /// <summary>The session token.</summary>
    public required string SessionToken { get; init; }

    /// <summary>When AWS stops accepting them.</summary>
    public required DateTimeOffset Expiration { get; init; }

    /// <summary>The key ID and expiry; never a secret.</summary>
    public override string ToString() => $"{AccessKeyId} until {Expiration:u}";
}
