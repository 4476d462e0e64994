using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Cli.Terminal;

/// <summary>A terminal's settings (struct termios), as bytes: Linux and macOS order and number them differently.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed partial class TerminalSettings
{
    // Larger than any system's struct termios.
    private const int Size = 128;

    private const int Now = 0;
    private const int DiscardTypedAhead = 2;

    private const uint Echo = 0x8;
    private const uint CarriageReturnToLineEnd = 0x100;
    private const uint LineEndToCarriageReturn = 0x40;
    private const uint IgnoreCarriageReturn = 0x80;

    // With echo off it does nothing, and nobody sets it: by this our own settings are known again, whoever has kept and set them meanwhile.
    private static readonly uint EchoAsPrinter = OperatingSystem.IsMacOS() ? 0x20u : 0x400u;
    private static readonly uint Lines = OperatingSystem.IsMacOS() ? 0x100u : 0x2u;
    private static readonly uint SignalKeys = OperatingSystem.IsMacOS() ? 0x80u : 0x1u;

    // OPOST and ONLCR, in the second flag word.
    private static readonly uint OutputLines = OperatingSystem.IsMacOS() ? 0x3u : 0x5u;

    // c_lflag is the fourth flag word; a word has 4 bytes on Linux and 8 on macOS.
    private static readonly int LocalFlags = OperatingSystem.IsMacOS() ? 24 : 12;

    private readonly byte[] _bytes;

    private TerminalSettings(byte[] bytes) => _bytes = bytes;

    /// <summary>From <see cref="ToBytes"/>.</summary>
    public static TerminalSettings From(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());

    /// <summary>How many bytes <see cref="ToBytes"/> gives.</summary>
    public static int Length => Size;

    /// <summary>The settings now, or null when it is no terminal any more.</summary>
    public static TerminalSettings? Of(SafeFileHandle terminal)
    {
        byte[] bytes = new byte[Size];
        return Get(terminal, bytes) == 0 ? new TerminalSettings(bytes) : null;
    }

    /// <summary>
    /// The same for a question: whole lines, ended by the Enter key, with Ctrl+C in force. A program in whose raw mode it is asked has
    /// switched all of that off (golang.org/x/term's ReadPassword does likewise).
    /// </summary>
    /// <param name="isShown">Whether the answer is echoed.</param>
    public TerminalSettings ForQuestion(bool isShown)
    {
        var asked = new TerminalSettings([.. _bytes]);
        asked.Change(0, CarriageReturnToLineEnd, LineEndToCarriageReturn | IgnoreCarriageReturn);
        asked.Change(LocalFlags, Lines | SignalKeys | (isShown ? Echo : EchoAsPrinter), isShown ? 0 : Echo);
        return asked;
    }

    /// <summary>How a line is ended: in raw mode the terminal does not go to the line's beginning by itself.</summary>
    public string LineEnd => (BitConverter.ToUInt32(_bytes, LocalFlags / 3) & OutputLines) == OutputLines ? "\n" : "\r\n";

    /// <summary>Puts them into force.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="discard">Drop what was typed before.</param>
    public void Apply(SafeFileHandle terminal, bool discard) => _ = Set(terminal, discard ? DiscardTypedAhead : Now, _bytes);

    public bool IsSame(TerminalSettings? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    public byte[] ToBytes() => [.. _bytes];

    private void Change(int offset, uint set, uint clear)
    {
        uint flags = (BitConverter.ToUInt32(_bytes, offset) | set) & ~clear;
        BitConverter.TryWriteBytes(_bytes.AsSpan(offset), flags);
    }

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static partial int Get(SafeFileHandle terminal, [Out] byte[] settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    private static partial int Set(SafeFileHandle terminal, int when, byte[] settings);
}
