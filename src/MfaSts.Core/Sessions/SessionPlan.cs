using MfaSts.Credentials;
using MfaSts.Roles;
using MfaSts.Sts;

namespace MfaSts.Sessions;

/// <summary>Everything that one call to STS needs but the code, checked before a code is asked for.</summary>
public sealed class SessionPlan
{
    internal SessionPlan(SessionTarget target) => Target = target;

    /// <summary>The profile.</summary>
    public required string Profile { get; init; }

    /// <summary>The profile whose long-term keys and code it takes: the same, or the source of a role.</summary>
    public required string Source { get; init; }

    /// <summary>What the person is asked.</summary>
    public string Question => $"MFA code for profile '{Source}' ({SerialNumber})"
        + ((Role is null ? Request.RoleProfile : Profile) is { } role && role != Source ? ", to take the role of profile "
        + $"'{role}'" : string.Empty);

    /// <summary>The MFA device whose code is needed.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>The session's length.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The configured region, or null when none is.</summary>
    public string? Region => Target.Region;

    /// <summary>The section that the session will be written to, or null when it is not stored.</summary>
    public string? Section => Target.Section;

    /// <summary>
    /// The profile's region, to be written beside a session in a section of its own; null when the profile's own section is used.
    /// </summary>
    public string? SectionRegion => Target.SectionRegion;

    /// <summary>The profile's mfa_process, or null.</summary>
    public string? CodeCommand { get; init; }

    /// <summary>What the user should know, each a sentence.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>What was used and why, for the verbose stream. No secret.</summary>
    public required IReadOnlyList<string> Details { get; init; }

    /// <summary>The long-term keys that sign, as they were found.</summary>
    public required LongTermCredential Credential { get; init; }

    /// <summary>The same with their secret, once it was read from its store.</summary>
    internal LongTermCredential? Unlocked { get; set; }

    /// <summary>Where the call goes. It is signed when the keys are unlocked.</summary>
    public required StsCall Call { get; init; }

    /// <summary>What was asked for.</summary>
    public required SessionRequest Request { get; init; }

    /// <summary>Where the session is kept.</summary>
    internal SessionTarget Target { get; }

    /// <summary>The role that the code is for, or null for the user's own session.</summary>
    internal RolePlan? Role { get; init; }

    /// <summary>The session that was stored when the plan was made. Another one means that somebody else has got a new one since.</summary>
    internal string? StoredAccessKeyId { get; init; }

    /// <summary>Names the profile and device only.</summary>
    public override string ToString() => $"{Profile} with {SerialNumber}";
}
