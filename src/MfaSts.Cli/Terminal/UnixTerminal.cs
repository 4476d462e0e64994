using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Cli.Terminal;

/// <summary>The terminal that the process belongs to, whatever its standard streams are.</summary>
/// <param name="clock">Measures how long a prompt has been open.</param>
/// <param name="device">The terminal's device.</param>
[UnsupportedOSPlatform("windows")]
internal sealed partial class UnixTerminal(TimeProvider clock, string device = "/dev/tty") : ITerminal
{
    private const int PollMilliseconds = 50;

    /// <inheritdoc/>
    public string? WhyNotAsk()
    {
        using var terminal = TryOpen();
        if (terminal is null)
        {
            return "there is no terminal";
        }

        // A background job that reads the terminal would be stopped without a word (SIGTTIN).
        return ForegroundGroup(terminal) == OwnGroup() ? null : "this process is not in the terminal's foreground";
    }

    /// <inheritdoc/>
    public TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(120);

    /// <inheritdoc/>
    public string? Ask(string prompt, CancellationToken cancellationToken) => Ask(prompt, isShown: true, cancellationToken);

    /// <inheritdoc/>
    public string? AskSecret(string prompt, CancellationToken cancellationToken) => Ask(prompt, isShown: false, cancellationToken);

    private string? Ask(string prompt, bool isShown, CancellationToken cancellationToken)
    {
        using var terminal = TryOpen();
        if (terminal is null)
        {
            return null;
        }

        using var signals = new TerminalSignals();
        using var question = TerminalQuestion.Begin(terminal, isShown);
        Write(terminal, prompt);
        string? answer = null;
        try
        {
            return answer = ReadLine(terminal, () => Resume(terminal, signals, question, prompt), cancellationToken);
        }
        finally
        {
            // With an answer that is shown the terminal has shown its line end.
            if (!(isShown && answer is not null) && IsInForeground(terminal))
            {
                Write(terminal, question.LineEnd);
            }
        }
    }

    // True when the process was stopped: what had been typed is gone, and the question stands anew.
    private static bool Resume(SafeFileHandle terminal, TerminalSignals signals, TerminalQuestion question, string prompt)
    {
        bool wasStopped = signals.Serve(() =>
        {
            Write(terminal, question.LineEnd);
            question.Restore();
        });
        if (wasStopped && IsInForeground(terminal))
        {
            question.Resume();
            Write(terminal, prompt);
        }

        return wasStopped;
    }

    private string? ReadLine(SafeFileHandle terminal, Func<bool> wasStopped, CancellationToken cancellationToken)
    {
        long start = clock.GetTimestamp();
        var line = new List<byte>();
        byte[] buffer = new byte[256];
        while (clock.GetElapsedTime(start) < Limit)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (wasStopped())
            {
                line.Clear();
            }

            if (!IsInForeground(terminal))
            {
                return null;
            }

            if (!FileEvents.Has(terminal, PollMilliseconds))
            {
                continue;
            }

            nint count = Read(terminal, buffer, buffer.Length);
            if (count <= 0)
            {
                return null;
            }

            line.AddRange(buffer.AsSpan(0, (int)count));
            RequireNoInterrupt(buffer.AsSpan(0, (int)count));
            if (buffer[count - 1] is (byte)'\n' or (byte)'\r')
            {
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r', '\n');
            }
        }

        return null;
    }

    // Where the key was taken from the terminal's settings (stty intr undef), it comes as a character.
    private static void RequireNoInterrupt(ReadOnlySpan<byte> typed)
    {
        const byte controlC = 3;
        if (typed.Contains(controlC))
        {
            throw new OperationCanceledException();
        }
    }

    // A terminal that is not this process's own has no foreground to be asked for.
    private static bool IsInForeground(SafeFileHandle terminal) =>
        ForegroundGroup(terminal) is var group && (group < 0 || group == OwnGroup());

    private static void Write(SafeFileHandle terminal, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        _ = Write(terminal, bytes, bytes.Length);
    }

    private SafeFileHandle? TryOpen()
    {
        int flags = 2 | (OperatingSystem.IsMacOS() ? 0x20000 | 0x1000000 : 0x100 | 0x80000);
        int descriptor = Open(device, flags);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeFileHandle file, byte[] buffer, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle file, byte[] buffer, nint count);

    [LibraryImport("libc", EntryPoint = "tcgetpgrp", SetLastError = true)]
    private static partial int ForegroundGroup(SafeFileHandle terminal);

    [LibraryImport("libc", EntryPoint = "getpgrp")]
    private static partial int OwnGroup();
}
