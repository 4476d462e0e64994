using MfaSts.Sessions;

namespace MfaSts.Cli;

/// <summary>When a session that still lives is renewed, and when that was last tried in vain: an SDK may call many times a second.</summary>
internal sealed class RenewalWindow
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(60);

    private readonly CliHost _host;
    private readonly RenewalFailure _failure;

    public RenewalWindow(CliHost host, SessionSource source, string profile)
    {
        _host = host;
        _failure = new RenewalFailure(host.Files, profile);
        var quarter = source.LifeOf(profile) / 4;
        Length = quarter < Longest ? quarter : Longest;
    }

    /// <summary>With more than this left, no session is renewed.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMinutes(15);

    /// <summary>With no more than this left, a session is renewed. A quarter of a session's life at most, so that a short one is not renewed all the time.</summary>
    public TimeSpan Length { get; }

    public bool HasJustFailed => _failure.At is { } at && (_host.Clock.GetUtcNow() - at).Duration() < PauseAfterFailure;

    public void NoteFailure() => _failure.Note();
}
