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

    private const int MostLooks = 20;

    private readonly SafeFileHandle _pipe;
    private readonly int _process;

    private TerminalGuard(SafeFileHandle pipe, int process) => (_pipe, _process) = (pipe, process);

    /// <summary>Starts it. Without it the question is asked all the same.</summary>
    public static TerminalGuard? TryStart(SafeFileHandle terminal, TerminalSettings before, TerminalSettings asked)
    {
        if (OwnProcess.Words(Verb) is not { } words || OwnProcess.MakePipe() is not { } pipe)
        {
            return null;
        }

        using var read = pipe.Read;
        var write = pipe.Write;
        using var nowhere = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        if (OwnProcess.Start(words, [read, terminal, nowhere], ["PATH=/usr/bin:/bin", .. Root()]) is not { } process)
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

    // No secret and no key: what the runtime needs to be found, where the program is not a native one.
    private static string[] Root() =>
        Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root ? [$"DOTNET_ROOT={root}"] : [];

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle file, byte[] buffer, nint count);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    private static partial int Wait(int process, int* status, int options);

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int Parent();

    [LibraryImport("libc", EntryPoint = "getpgrp")]
    private static partial int Group();
}
