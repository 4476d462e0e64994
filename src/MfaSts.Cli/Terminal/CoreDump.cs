using System.Runtime.InteropServices;

namespace MfaSts.Cli.Terminal;

/// <summary>Keeps this process's memory, with keys in it, out of crash dumps.</summary>
internal static partial class CoreDump
{
    private const int SetDumpable = 4;

    /// <summary>Takes effect for this process only: a program that is started from it is dumpable again.</summary>
    public static void Disable()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Control(SetDumpable, 0, 0, 0, 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint value, nuint unused1, nuint unused2, nuint unused3);
}
