using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Cli.Terminal;

/// <summary>Holds a terminal's settings for the time of one question, and puts the old ones back, whoever ends first.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class TerminalQuestion : IDisposable
{
    private readonly SafeFileHandle _terminal;
    private readonly TerminalSettings? _before;
    private readonly TerminalSettings? _asked;
    private readonly TerminalGuard? _guard;

    private TerminalQuestion(SafeFileHandle terminal, TerminalSettings? before, TerminalSettings? asked)
    {
        (_terminal, _before, _asked) = (terminal, before, asked);
        _guard = before is not null && asked is not null && !before.IsSame(asked) ? TerminalGuard.TryStart(terminal, before, asked) : null;
    }

    /// <summary>What ends a line on the terminal.</summary>
    public string LineEnd => _before?.LineEnd ?? "\n";

    public static TerminalQuestion Begin(SafeFileHandle terminal, bool isShown)
    {
        var before = TerminalSettings.Of(terminal);
        before?.ForQuestion(isShown).Apply(terminal, discard: !isShown);

        // As the system has taken them, so that they are known again.
        return new TerminalQuestion(terminal, before, TerminalSettings.Of(terminal));
    }

    /// <summary>Puts the old settings back. When others are in force by now they are another program's, and stay.</summary>
    /// <returns>False when they are another program's.</returns>
    public bool Restore()
    {
        var now = TerminalSettings.Of(_terminal);
        if (_before is not null && _asked?.IsSame(now) == true)
        {
            _before.Apply(_terminal, discard: false);
            return true;
        }

        return now is null || now.IsSame(_before);
    }

    /// <summary>Puts the question's settings into force again.</summary>
    public void Resume() => _asked?.Apply(_terminal, discard: true);

    public void Dispose()
    {
        // A shell that keeps a line editor's settings now may put the question's back when that line is done. The guard waits for it.
        bool isDone = Restore();
        _guard?.End(isDone);
    }
}
