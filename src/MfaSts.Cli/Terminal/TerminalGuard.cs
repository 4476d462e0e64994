using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Cli.Terminal;

/// <summary>
/// A second process of this program beside a question, since the first may be killed, and its caller may end without it: SDKs give up on a
/// credential_process after 5 seconds (Rust) or a minute (Go). It sees that, and puts the terminal's settings back. It is in a session of
/// its own, so that no signal of the terminal's or of the caller's group reaches it, and may then set a terminal that is not its own.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed unsafe partial class TerminalGuard
{
    /// <summary>The argument by which the program is the guard.</summary>
    public const string Verb = "--guard-terminal";

    /// <summary>What is written to the guard when it is not needed any more.</summary>
    public const byte Done = 1;

    private const string Program = "mfasts";
    private const int MostLooks = 20;
    private const int SpaceForOpaque = 1024;

    private readonly SafeFileHandle _pipe;
    private readonly int _process;

    private TerminalGuard(SafeFileHandle pipe, int process) => (_pipe, _process) = (pipe, process);

    /// <summary>Starts it. Without it the question is asked all the same.</summary>
    public static TerminalGuard? TryStart(SafeFileHandle terminal, TerminalSettings before, TerminalSettings asked)
    {
        // Only the program itself can be one: not a test that has the class in it.
        string entry = Environment.GetCommandLineArgs()[0];
        if (Environment.ProcessPath is not { } path || Path.GetFileNameWithoutExtension(entry) != Program)
        {
            return null;
        }

        string[] arguments = Path.GetFileNameWithoutExtension(path) == Program ? [path, Verb] : [path, entry, Verb];
        int* ends = stackalloc int[2];
        if (Pipe(ends) != 0)
        {
            return null;
        }

        using var read = new SafeFileHandle(ends[0], ownsHandle: true);
        var write = new SafeFileHandle(ends[1], ownsHandle: true);
        _ = Control(ends[1], 2, 1);
        if (Spawn(arguments, read, terminal) is not { } process)
        {
            write.Dispose();
            return null;
        }

        int leader = Group() == Environment.ProcessId ? 0 : Group();
        byte[] task = [.. before.ToBytes(), .. asked.ToBytes(), .. BitConverter.GetBytes(Parent()), .. BitConverter.GetBytes(leader)];
        _ = Write(write, task, task.Length);
        return new TerminalGuard(write, process);
    }

    /// <summary>The question is over.</summary>
    /// <param name="isDone">The settings are as they were; else the guard goes on watching.</param>
    public void End(bool isDone)
    {
        if (isDone)
        {
            _ = Write(_pipe, [Done], 1);
        }

        _pipe.Dispose();

        // It must not be left to a command that takes this process's place; unless it goes on, since the caller has ended.
        const int withoutWaiting = 1;
        for (int i = 0; isDone && i < MostLooks && Wait(_process, null, withoutWaiting) == 0; i++)
        {
            Thread.Sleep(i);
        }
    }

    private static int? Spawn(string[] arguments, SafeFileHandle task, SafeFileHandle terminal)
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
            _ = AddCopy(actions, (int)task.DangerousGetHandle(), 0);
            _ = AddCopy(actions, (int)terminal.DangerousGetHandle(), 1);
            _ = AddOpen(actions, 2, "/dev/null", 1, 0);
            _ = SetFlags(attributes, (short)setSession);
            return SpawnProcess(
                out int process, arguments[0], actions, attributes, [.. arguments, null], ["PATH=/usr/bin:/bin", .. Root(), null]) == 0
                ? process
                : null;
        }
        finally
        {
            _ = DestroyActions(actions);
            _ = DestroyAttributes(attributes);
        }
    }

    // No secret and no key: what the runtime needs to be found, where the program is not a native one.
    private static string[] Root() =>
        Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root ? [$"DOTNET_ROOT={root}"] : [];

    [LibraryImport("libc", EntryPoint = "pipe", SetLastError = true)]
    private static partial int Pipe(int* ends);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle file, byte[] buffer, nint count);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    private static partial int Wait(int process, int* status, int options);

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int Parent();

    [LibraryImport("libc", EntryPoint = "getpgrp")]
    private static partial int Group();

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int InitializeActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int DestroyActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static partial int AddCopy(byte* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddOpen(byte* actions, int descriptor, string path, int flags, uint mode);

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
