namespace MfaSts.Roles;

/// <summary>One role of a chain.</summary>
/// <param name="profile">The profile that names it, for messages.</param>
/// <param name="options">What STS is asked.</param>
/// <param name="duration">The profile's duration_seconds, or null.</param>
internal sealed class RoleHop(string profile, RoleOptions options, TimeSpan? duration)
{
    public string Profile { get; } = profile;

    public RoleOptions Options { get; } = options;

    public TimeSpan? Duration { get; } = duration;
}
