namespace MfaSts.Cli;

/// <summary>When a session that still lives is renewed.</summary>
internal static class RenewalWindow
{
    /// <summary>With more than this left, no session is renewed.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// With no more than this left, a session is renewed. A quarter of a session's life at most, so that a short one is not renewed all the
    /// time.
    /// </summary>
    public static TimeSpan Of(SessionSource source, string profile) =>
        source.LifeOf(profile) / 4 is var quarter && quarter < Longest ? quarter : Longest;
}
