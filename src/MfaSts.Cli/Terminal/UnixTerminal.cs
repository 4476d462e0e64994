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
    private const short PollIn = 1;
    private const int PollMilliseconds = 50;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

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
    public string? Ask(string prompt, CancellationToken cancellationToken)
    {
        using var terminal = TryOpen();
        if (terminal is null)
        {
            return null;
        }

        Write(terminal, prompt);
        string? answer = null;
        try
        {
            return answer = ReadLine(terminal, cancellationToken);
        }
        finally
        {
            // With an answer the terminal has shown its line end.
            Write(terminal, answer is null ? "\n" : string.Empty);
        }
    }

    /// <inheritdoc/>
    public string? AskSecret(string prompt, CancellationToken cancellationToken)
    {
        using var terminal = TryOpen();
        if (terminal is null)
        {
            return null;
        }

        using var silence = TerminalEcho.Silence(terminal);
        Write(terminal, prompt);
        try
        {
            return ReadLine(terminal, cancellationToken);
        }
        finally
        {
            Write(terminal, "\n");
        }
    }

    private string? ReadLine(SafeFileHandle terminal, CancellationToken cancellationToken)
    {
        long start = clock.GetTimestamp();
        var line = new List<byte>();
        byte[] buffer = new byte[256];
        while (clock.GetElapsedTime(start) < Limit)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!HasInput(terminal))
            {
                continue;
            }

            nint count = Read(terminal, buffer, buffer.Length);
            if (count <= 0)
            {
                return null;
            }

            line.AddRange(buffer.AsSpan(0, (int)count));
            if (buffer[count - 1] == '\n')
            {
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r', '\n');
            }
        }

        return null;
    }

    private static unsafe bool HasInput(SafeFileHandle terminal)
    {
        var poll = new PollEntry { Descriptor = (int)terminal.DangerousGetHandle(), Events = PollIn };
        return Poll(&poll, 1, PollMilliseconds) > 0;
    }

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

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeFileHandle file, byte[] buffer, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle file, byte[] buffer, nint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static unsafe partial int Poll(PollEntry* entries, nuint count, int timeout);

    [LibraryImport("libc", EntryPoint = "tcgetpgrp", SetLastError = true)]
    private static partial int ForegroundGroup(SafeFileHandle terminal);

    [LibraryImport("libc", EntryPoint = "getpgrp")]
    private static partial int OwnGroup();
}
