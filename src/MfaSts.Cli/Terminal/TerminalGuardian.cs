using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Cli.Terminal;

/// <summary>
/// The guard's own work. It acts when the process that asks ends without a word, or that one's caller or the leader of its job ends: the
/// shell then takes the terminal back, with the settings as they are. And it goes on for some minutes: a shell that was faster has kept the
/// question's settings, and puts them back when its next line has been read.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class TerminalGuardian : IDisposable
{
    private const int FirstPause = 2;
    private const int LongestPause = 50;

    private static readonly TimeSpan Afterwards = TimeSpan.FromMinutes(10);

    private readonly SafeFileHandle _task = new(0, ownsHandle: false);
    private readonly SafeFileHandle _terminal = new(1, ownsHandle: false);
    private readonly List<SafeFileHandle> _callers = [];
    private readonly TerminalSettings _before;
    private readonly TerminalSettings _asked;

    private TerminalGuardian(byte[] task)
    {
        _before = TerminalSettings.From(task.AsSpan(0, TerminalSettings.Length));
        _asked = TerminalSettings.From(task.AsSpan(TerminalSettings.Length, TerminalSettings.Length));
        int ids = 2 * TerminalSettings.Length;
        foreach (int process in new[] { BitConverter.ToInt32(task, ids), BitConverter.ToInt32(task, ids + sizeof(int)) }.Distinct())
        {
            if (process != 0 && OwnProcess.Watch(process) is { } caller)
            {
                _callers.Add(caller);
            }
        }
    }

    /// <summary>Runs until the guard is not needed.</summary>
    public static void Run()
    {
        byte[] task = new byte[(2 * TerminalSettings.Length) + (2 * sizeof(int))];
        if (Read(task) == task.Length)
        {
            using var guardian = new TerminalGuardian(task);
            guardian.Watch();
        }
    }

    public void Dispose() => _callers.ForEach(caller => caller.Dispose());

    private static int Read(byte[] buffer)
    {
        using var stream = new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
        return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
    }

    private void Watch()
    {
        bool isCallerGone = false;
        FileEvents.WaitForAny([_task, .. _callers]);
        while (!FileEvents.Has(_task, milliseconds: 0))
        {
            // The shell is about to take the terminal.
            Restore();
            isCallerGone = true;
            Dispose();
            _callers.Clear();
            FileEvents.WaitForAny([_task]);
        }

        bool isDone = Read(new byte[1]) == 1;
        if (isCallerGone || !isDone)
        {
            WatchAfterwards();
        }
    }

    private void WatchAfterwards()
    {
        long start = Environment.TickCount64;
        for (int pause = FirstPause;
            Restore() && Environment.TickCount64 - start < Afterwards.TotalMilliseconds;
            pause = Math.Min(pause + 1, LongestPause))
        {
            Thread.Sleep(pause);
        }
    }

    // False when there is no terminal any more.
    private bool Restore()
    {
        var now = TerminalSettings.Of(_terminal);
        if (_asked.IsSame(now))
        {
            _before.Apply(_terminal, discard: false);
        }

        return now is not null;
    }
}
