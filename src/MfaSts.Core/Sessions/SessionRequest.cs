using MfaSts.Roles;

namespace MfaSts.Sessions;

/// <summary>What a caller wants. What is null comes from the files and the environment.</summary>
public sealed class SessionRequest
{
    /// <summary>A session with less than this left is not handed out: a command started with it could fail half-way.</summary>
    public static TimeSpan UsualMinimumRemaining => SessionStates.MinimumRemaining;

    /// <summary>The profile.</summary>
    public required string Profile { get; init; }

    /// <summary>The section that the session is kept in, by whose name other tools know it; the usual one when null.</summary>
    public string? SessionProfile { get; init; }

    /// <summary>The MFA device.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>The region.</summary>
    public string? Region { get; init; }

    /// <summary>The length of a new session.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>A stored session with this much left, or less, is not used. 5 minutes unless said otherwise.</summary>
    public TimeSpan MinimumRemaining { get; init; } = UsualMinimumRemaining;

    /// <summary>Get a new session even when a usable one is stored.</summary>
    public bool Force { get; init; }

    /// <summary>A role that no profile names; null for the profile's own, or none.</summary>
    public RoleOptions? Role { get; init; }

    /// <summary>The user's own session, even where the profile has a role.</summary>
    public bool IsOfUser { get; init; }

    /// <summary>It is wanted to take a role with it.</summary>
    internal bool IsSource { get; init; }

    /// <summary>The profile of that role, for the question.</summary>
    internal string? RoleProfile { get; init; }

    /// <summary>An mfa_process for a profile that has none.</summary>
    internal string? CodeCommand { get; init; }

    /// <summary>The same with another least time left.</summary>
    public SessionRequest With(TimeSpan minimumRemaining) => Copy(Profile, SessionProfile, minimumRemaining, Force);

    /// <summary>The same, with a new session even when a usable one is stored.</summary>
    internal SessionRequest Forced() => Copy(Profile, SessionProfile, MinimumRemaining, force: true);

    /// <summary>The same for another profile, whose session is kept in a section, or in the usual one.</summary>
    internal SessionRequest Of(string profile, string? section) => Copy(profile, section, MinimumRemaining, Force);

    private SessionRequest Copy(string profile, string? section, TimeSpan minimumRemaining, bool force) => new()
    {
        Profile = profile,
        SessionProfile = section,
        SerialNumber = SerialNumber,
        Region = Region,
        Duration = Duration,
        MinimumRemaining = minimumRemaining,
        Force = force,
        Role = Role,
        IsOfUser = IsOfUser,
        IsSource = IsSource,
        RoleProfile = RoleProfile,
        CodeCommand = CodeCommand,
    };
}
