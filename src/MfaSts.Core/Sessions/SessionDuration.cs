using MfaSts.Errors;

namespace MfaSts.Sessions;

/// <summary>How long STS lets a session of GetSessionToken live (STS API reference, GetSessionToken, DurationSeconds).</summary>
public static class SessionDuration
{
    /// <summary>15 minutes.</summary>
    public static TimeSpan Least { get; } = TimeSpan.FromSeconds(900);

    /// <summary>36 hours.</summary>
    public static TimeSpan Most { get; } = TimeSpan.FromSeconds(129600);

    /// <summary>12 hours, also AWS's own default.</summary>
    public static TimeSpan Default { get; } = TimeSpan.FromSeconds(43200);

    /// <summary>Checks a duration before a code is asked for.</summary>
    /// <exception cref="MfaException">DurationOutOfRange.</exception>
    public static TimeSpan Require(string profile, TimeSpan duration) => Require(profile, duration, Least, Most);

    // STS counts whole seconds.
    internal static TimeSpan Require(string profile, TimeSpan duration, TimeSpan least, TimeSpan most) =>
        duration < least || duration > most
            ? throw MfaErrors.DurationOutOfRange(profile, duration, least, most)
            : TimeSpan.FromSeconds(Math.Floor(duration.TotalSeconds));
}
