namespace MfaSts.Sandbox;

/// <summary>Temporary keys that the sandbox has issued.</summary>
public sealed class SandboxSession
{
    internal SandboxSession(SandboxUser user, DateTimeOffset expiration, bool hasMfa)
    {
        User = user;
        Expiration = expiration;
        HasMfa = hasMfa;
    }

    /// <summary>Whose session it is.</summary>
    public SandboxUser User { get; }

    /// <summary>The access key ID, which begins with ASIA.</summary>
    public string AccessKeyId { get; } = AwsRandom.AccessKeyId("ASIA");

    /// <summary>The secret access key.</summary>
    public string SecretAccessKey { get; } = AwsRandom.Secret();

    /// <summary>The session token that every call has to carry.</summary>
    public string SessionToken { get; } = AwsRandom.SessionToken();

    /// <summary>From when on calls are refused.</summary>
    public DateTimeOffset Expiration { get; }

    /// <summary>Whether a code was given for it (<c>aws:MultiFactorAuthPresent</c>).</summary>
    public bool HasMfa { get; }

    /// <summary>The key ID and expiry; never a secret.</summary>
    public override string ToString() => $"{AccessKeyId} until {Expiration:u}";
}
