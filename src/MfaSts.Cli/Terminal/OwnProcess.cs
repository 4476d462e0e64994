using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Cli.Terminal;

/// <summary>
/// Starts a process beside this one, in a session of its own, so that no signal of the terminal's or of the caller's group reaches it.
/// .NET's own way can hand no open descriptor to it.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static unsafe partial class OwnProcess
{
    private const string Program = "mfasts";
    private const int SpaceForOpaque = 1024;
    private const int SetDescriptorFlags = 2;
    private const int CloseOnExec = 1;
    private const int OpenProcessDescriptor = 434;

    /// <summary>The words that start this program anew, with an argument.</summary>
    /// <returns>Null when it is not the program that runs, but a test with the class in it.</returns>
    public static string[]? Words(string verb)
    {
        string entry = Environment.GetCommandLineArgs()[0];
        if (Environment.ProcessPath is not { } path || Path.GetFileNameWithoutExtension(entry) != Program)
        {
            return null;
        }

        return Path.GetFileNameWithoutExtension(path) == Program ? [path, verb] : [path, entry, verb];
    }

    /// <summary>A pipe, whose end to write to no other process gets; null when there is none to be had.</summary>
    public static (SafeFileHandle Read, SafeFileHandle Write)? MakePipe()
    {
        int* ends = stackalloc int[2];
        if (Pipe(ends) != 0)
        {
            return null;
        }

        _ = Control(ends[0], SetDescriptorFlags, CloseOnExec);
        _ = Control(ends[1], SetDescriptorFlags, CloseOnExec);
        return (new SafeFileHandle(ends[0], ownsHandle: true), new SafeFileHandle(ends[1], ownsHandle: true));
    }

    /// <summary>A file that has something to read when a process has ended; null where the system has no such thing.</summary>
    public static SafeFileHandle? Watch(int process) =>
        OperatingSystem.IsLinux() && SystemCall(OpenProcessDescriptor, process, 0) is >= 0 and var descriptor
            ? new SafeFileHandle((nint)descriptor, ownsHandle: true)
            : null;

    /// <summary>Starts a process.</summary>
    /// <param name="words">The program and its arguments.</param>
    /// <param name="files">What it has as its descriptors 0, 1, 2 and so on.</param>
    /// <param name="environment">Its variables, each NAME=VALUE.</param>
    /// <returns>Its number; null when it could not be started.</returns>
    public static int? Start(string[] words, IReadOnlyList<SafeHandle> files, string[] environment)
    {
        int setSession = OperatingSystem.IsMacOS() ? 0x400 : 0x80;
        byte* actions = stackalloc byte[SpaceForOpaque];
        byte* attributes = stackalloc byte[SpaceForOpaque];
        if (InitializeActions(actions) != 0 || InitializeAttributes(attributes) != 0)
        {
            return null;
        }

        try
        {
            for (int i = 0; i < files.Count; i++)
            {
                _ = AddCopy(actions, (int)files[i].DangerousGetHandle(), i);
            }

            _ = SetFlags(attributes, (short)setSession);
            return SpawnProcess(
                out int process, words[0], actions, attributes, [.. words, null], [.. environment, null]) == 0
                ? process
                : null;
        }
        finally
        {
            _ = DestroyActions(actions);
            _ = DestroyAttributes(attributes);
        }
    }

    /// <summary>Waits for the end of a process that this one has started.</summary>
    public static void WaitFor(int process) => _ = Wait(process, null, 0);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint first, nint second);

    [LibraryImport("libc", EntryPoint = "pipe", SetLastError = true)]
    private static partial int Pipe(int* ends);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    private static partial int Wait(int process, int* status, int options);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int InitializeActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int DestroyActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static partial int AddCopy(byte* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    private static partial int InitializeAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    private static partial int DestroyAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    private static partial int SetFlags(byte* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SpawnProcess(
        out int process, string path, byte* actions, byte* attributes, string?[] arguments, string?[] environment);
}
