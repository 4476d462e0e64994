using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Cli.Terminal;

/// <summary>Switches a terminal's echo off, and on again when it is disposed.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed partial class TerminalEcho : IDisposable
{
    private const int Now = 0;
    private const int DiscardTypedAhead = 2;
    private const uint Echo = 8;

    // Larger than any system's struct termios; c_lflag is the fourth flag word, 4 bytes wide on Linux and 8 on macOS.
    private const int SettingsSize = 256;
    private static readonly int LocalFlags = OperatingSystem.IsMacOS() ? 24 : 12;

    private readonly SafeFileHandle _terminal;
    private readonly byte[] _before;

    private TerminalEcho(SafeFileHandle terminal, byte[] before)
    {
        _terminal = terminal;
        _before = before;
    }

    public static TerminalEcho Silence(SafeFileHandle terminal)
    {
        byte[] before = new byte[SettingsSize];
        if (GetSettings(terminal, before) == 0)
        {
            byte[] silent = [.. before];
            silent[LocalFlags] &= unchecked((byte)~Echo);
            _ = SetSettings(terminal, DiscardTypedAhead, silent);
        }

        return new TerminalEcho(terminal, before);
    }

    public void Dispose() => _ = SetSettings(_terminal, Now, _before);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static partial int GetSettings(SafeFileHandle terminal, [Out] byte[] settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    private static partial int SetSettings(SafeFileHandle terminal, int when, byte[] settings);
}
