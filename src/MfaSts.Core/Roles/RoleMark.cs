namespace MfaSts.Roles;

/// <summary>What the credentials file says of a role's session.</summary>
internal sealed class RoleMark
{
    /// <summary>The role's ARN.</summary>
    public required string Arn { get; init; }

    /// <summary>What it is known by (<see cref="RoleKey"/>).</summary>
    public required string Key { get; init; }

    /// <summary>The profile with the long-term keys.</summary>
    public required string Source { get; init; }

    /// <summary>It was got straight from the long-term keys, so there is no MFA in its context.</summary>
    public bool IsDirect { get; init; }

    /// <summary>aws-mfa shall know it too.</summary>
    public bool IsOfAwsMfa { get; init; }
}
