using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace MfaSts.Cli.Terminal;

/// <summary>
/// The signals of the terminal's keys and of its groups while a question is open. Ctrl+\ and Ctrl+Z wait until the settings are put back; a
/// process in the background may then still set the terminal, and is not stopped for it.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed partial class TerminalSignals : IDisposable
{
    private const int Quit = 3;
    private const int BackgroundRead = 21;
    private const int BackgroundWrite = 22;
    private const nint Default = 0;
    private const nint Ignore = 1;

    private readonly PosixSignalRegistration _quit;
    private readonly PosixSignalRegistration _stop;
    private readonly nint _read = Set(BackgroundRead, Ignore);
    private readonly nint _write = Set(BackgroundWrite, Ignore);
    private volatile bool _isQuitting;
    private volatile bool _isStopping;

    public TerminalSignals()
    {
        _quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, signal => signal.Cancel = _isQuitting = true);
        _stop = PosixSignalRegistration.Create(PosixSignal.SIGTSTP, signal => signal.Cancel = _isStopping = true);
    }

    /// <summary>Does what the keys have asked for.</summary>
    /// <param name="leave">Puts the terminal's settings back.</param>
    /// <returns>True when the process was stopped and goes on now.</returns>
    public bool Serve(Action leave)
    {
        if (_isQuitting)
        {
            leave();
            _ = Set(Quit, Default);
            _ = Send(Environment.ProcessId, Quit);
        }

        if (!_isStopping)
        {
            return false;
        }

        _isStopping = false;
        leave();
        _ = Send(Environment.ProcessId, OperatingSystem.IsMacOS() ? 17 : 19);
        return true;
    }

    public void Dispose()
    {
        _quit.Dispose();
        _stop.Dispose();
        _ = Set(BackgroundRead, _read);
        _ = Set(BackgroundWrite, _write);
    }

    [LibraryImport("libc", EntryPoint = "signal", SetLastError = true)]
    private static partial nint Set(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int process, int signal);
}
