namespace MfaSts.Roles;

/// <summary>What STS is asked for a role (AWS STS API reference, AssumeRole): a profile's settings, or what a caller gave.</summary>
public sealed class RoleOptions
{
    /// <summary>The role's ARN.</summary>
    public required string RoleArn { get; init; }

    /// <summary>The external ID that the role's trust policy asks for, or null.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The session's name, by which CloudTrail knows it; when null, the IAM user's name.</summary>
    public string? RoleSessionName { get; init; }

    /// <summary>Session tags, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>The keys of those tags that go on to the roles that are taken from this role's session.</summary>
    public IReadOnlyList<string> TransitiveTagKeys { get; init; } = [];

    /// <summary>The source identity, which stays through a chain of roles, or null.</summary>
    public string? SourceIdentity { get; init; }

    /// <summary>A policy, as JSON, that narrows what the session may do, or null.</summary>
    public string? Policy { get; init; }

    /// <summary>ARNs of managed policies that narrow what the session may do.</summary>
    public IReadOnlyList<string> PolicyArns { get; init; } = [];

    /// <summary>Names the role only.</summary>
    public override string ToString() => RoleArn;
}
