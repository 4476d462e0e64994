using MfaSts.Errors;
using MfaSts.Sessions;

namespace MfaSts.Roles;

/// <summary>
/// How long STS lets a role's session live (STS API reference, AssumeRole, DurationSeconds; IAM user guide, "Role chaining").
/// </summary>
public static class RoleDuration
{
    /// <summary>15 minutes.</summary>
    public static TimeSpan Least { get; } = TimeSpan.FromSeconds(900);

    /// <summary>12 hours, as far as the role allows it.</summary>
    public static TimeSpan Most { get; } = TimeSpan.FromSeconds(43200);

    /// <summary>1 hour: AWS's default, and the most for a role that is taken with a session.</summary>
    public static TimeSpan MostOfChain { get; } = TimeSpan.FromSeconds(3600);

    /// <summary>Checks a duration before a code is asked for.</summary>
    /// <exception cref="MfaException">DurationOutOfRange.</exception>
    public static TimeSpan Require(string profile, TimeSpan duration) =>
        SessionDuration.Require(profile, duration, Least, Most);
}
