using MfaSts.Credentials;
using MfaSts.Profiles;
using MfaSts.Sts;

namespace MfaSts.Sessions;

/// <summary>Everything that one call to STS needs but the code, checked before a code is asked for.</summary>
public sealed class SessionPlan
{
    /// <summary>The profile.</summary>
    public required string Profile { get; init; }

    /// <summary>The MFA device whose code is needed.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>The session's length.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The configured region, or null when none is.</summary>
    public string? Region { get; init; }

    /// <summary>The section that the session will be written to.</summary>
    public required string Section { get; init; }

    /// <summary>The profile's region, to be written beside a session in a section of its own; null when the profile's own section is used.</summary>
    public string? SectionRegion { get; init; }

    /// <summary>The section's name does not tell whose session it holds, so it is written there.</summary>
    internal bool NamesOwner => Section != Profile && Section != Profile + ProfileName.SessionSuffix;

    /// <summary>The profile's mfa_process, or null.</summary>
    public string? CodeCommand { get; init; }

    /// <summary>What the user should know, each a sentence.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>What was used and why, for the verbose stream. No secret.</summary>
    public required IReadOnlyList<string> Details { get; init; }

    /// <summary>The long-term keys that sign.</summary>
    public required LongTermCredential Credential { get; init; }

    /// <summary>Where the call goes.</summary>
    public required StsCall Call { get; init; }

    /// <summary>What was asked for.</summary>
    public required SessionRequest Request { get; init; }

    /// <summary>The session that was stored when the plan was made. Another one means that somebody else has got a new one since.</summary>
    internal string? StoredAccessKeyId { get; init; }

    /// <summary>Names the profile and device only.</summary>
    public override string ToString() => $"{Profile} with {SerialNumber}";
}
