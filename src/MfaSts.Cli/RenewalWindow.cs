using MfaSts.Sessions;

namespace MfaSts.Cli;

/// <summary>When a session that still lives is renewed, and when that was last tried in vain: an SDK may call many times a second.</summary>
internal sealed class RenewalWindow
{
    private readonly CliHost _host;
    private readonly TimeSpan _pause;
    private readonly RenewalFailure _failure;

    public RenewalWindow(CliHost host, SessionSource source, string profile, TimeSpan longest, TimeSpan pauseAfterFailure)
    {
        _host = host;
        _pause = pauseAfterFailure;
        _failure = new RenewalFailure(host.Files, profile);
        var quarter = source.LifeOf(profile) / 4;
        Length = quarter < longest ? quarter : longest;
    }

    /// <summary>With no more than this left, a session is renewed. A quarter of a session's life at most, so that a short one is not renewed all the time.</summary>
    public TimeSpan Length { get; }

    public bool HasJustFailed => _failure.At is { } at && (_host.Clock.GetUtcNow() - at).Duration() < _pause;

    public void NoteFailure() => _failure.Note();
}
