using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Cli.Terminal;

/// <summary>Waits until a file has something to read, or has ended (poll).</summary>
[UnsupportedOSPlatform("windows")]
internal static unsafe partial class FileEvents
{
    private const short Input = 1;
    private const int ForEver = -1;

    /// <summary>Whether a file has something, after so long at most.</summary>
    public static bool Has(SafeFileHandle file, int milliseconds)
    {
        var entry = new PollEntry(file);
        return Poll(&entry, 1, milliseconds) > 0;
    }

    /// <summary>Waits until one of several files has something.</summary>
    public static void WaitForAny(IReadOnlyList<SafeFileHandle> files)
    {
        var entries = stackalloc PollEntry[files.Count];
        for (int i = 0; i < files.Count; i++)
        {
            entries[i] = new PollEntry(files[i]);
        }

        _ = Poll(entries, (nuint)files.Count, ForEver);
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct PollEntry(SafeFileHandle file)
    {
        public readonly int Descriptor = (int)file.DangerousGetHandle();
        public readonly short Events = Input;
        public readonly short Returned;
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollEntry* entries, nuint count, int timeout);
}
