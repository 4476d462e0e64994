using MfaSts.Sandbox.Policies;

namespace MfaSts.Sandbox;

/// <summary>Temporary keys that the sandbox has issued: a user's (GetSessionToken) or a role's (AssumeRole).</summary>
public sealed class SandboxSession
{
    private const long Never = long.MinValue;

    private long _expiration;
    private long _mfaAt;

    internal SandboxSession(SandboxUser user, DateTimeOffset issuedAt, DateTimeOffset expiration, DateTimeOffset? mfaAt)
    {
        User = user;
        IssuedAt = issuedAt;
        Expiration = expiration;
        MfaAt = mfaAt;
    }

    /// <summary>Whose session it is; of a role's session, the user whose keys began the chain.</summary>
    public SandboxUser User { get; }

    /// <summary>The role; null for a user's session.</summary>
    public SandboxRole? Role { get; internal init; }

    /// <summary>Whether the role was taken with another session's keys (role chaining).</summary>
    public bool IsChained { get; internal init; }

    /// <summary>The name of a role's session; null for a user's.</summary>
    public string? RoleSessionName { get; internal init; }

    /// <summary>The access key ID, which begins with ASIA.</summary>
    public string AccessKeyId { get; } = AwsRandom.AccessKeyId("ASIA");

    /// <summary>The secret access key.</summary>
    public string SecretAccessKey { get; } = AwsRandom.Secret();

    /// <summary>The session token that every call has to carry.</summary>
    public string SessionToken { get; } = AwsRandom.SessionToken();

    /// <summary>When it was issued (<c>aws:TokenIssueTime</c>).</summary>
    public DateTimeOffset IssuedAt { get; }

    /// <summary>From when on calls are refused. A test may move it.</summary>
    public DateTimeOffset Expiration
    {
        get => new(Interlocked.Read(ref _expiration), TimeSpan.Zero);
        set => Interlocked.Exchange(ref _expiration, value.UtcTicks);
    }

    /// <summary>
    /// When the code was given that <c>aws:MultiFactorAuthAge</c> counts from; null when the session's context has no MFA.
    /// A test may move it.
    /// </summary>
    public DateTimeOffset? MfaAt
    {
        get => Interlocked.Read(ref _mfaAt) is var ticks && ticks == Never ? null : new(ticks, TimeSpan.Zero);
        set => Interlocked.Exchange(ref _mfaAt, value?.UtcTicks ?? Never);
    }

    /// <summary>Whether MFA is in its context (<c>aws:MultiFactorAuthPresent</c>).</summary>
    public bool HasMfa => MfaAt is not null;

    /// <summary>The session tags, those of the calling session that are transitive included.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; internal init; } = new Dictionary<string, string>();

    /// <summary>The keys of the tags that a further role's session inherits.</summary>
    public IReadOnlyList<string> TransitiveTagKeys { get; internal init; } = [];

    /// <summary>The source identity, or null.</summary>
    public string? SourceIdentity { get; internal init; }

    /// <summary>Who it is in AWS's answers.</summary>
    public string Arn => Role?.SessionArn(RoleSessionName!) ?? User.Arn;

    /// <summary>The unique ID of who it is.</summary>
    public string UserId => Role is null ? User.UserId : $"{Role.RoleId}:{RoleSessionName}";

    /// <summary>Whether session policies narrow what the role allows.</summary>
    public bool HasPolicies => Policies.Count > 0;

    /// <summary>The session policies; without any, the role's own policy alone holds.</summary>
    internal IReadOnlyList<PolicyDocument> Policies { get; init; } = [];

    /// <summary>The key ID and expiry; never a secret.</summary>
    public override string ToString() => $"{AccessKeyId} until {Expiration:u}";
}
