using MfaSts.Roles;

namespace MfaSts.Sts;

/// <summary>What AWS STS is asked in AssumeRole.</summary>
public sealed class RoleCall
{
    /// <summary>The role and what goes with it, as it is sent.</summary>
    public required RoleOptions Role { get; init; }

    /// <summary>The session's name.</summary>
    public required string SessionName { get; init; }

    /// <summary>The session's length: 900 to 43200 seconds, and 3600 at most when the call is signed with a session.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The profile whose MFA session leads to the role, for what an error advises.</summary>
    public required string Source { get; init; }

    /// <summary>The MFA device, when the call is signed with long-term keys.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>The device's code.</summary>
    public string? TokenCode { get; init; }

    /// <summary>Names the role and the session's name; never the code.</summary>
    public override string ToString() => $"{Role} as {SessionName}";
}
