using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using MfaSts.Errors;

namespace MfaSts.Cli.Terminal;

/// <summary>Linux and macOS.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed partial class UnixProcess : IProcessSystem
{
    private const int NoSuchFile = 2;
    private const int BrokenPipeSignal = 13;

    /// <inheritdoc/>
    public ITerminal Terminal => new UnixTerminal(TimeProvider.System);

    /// <inheritdoc/>
    public bool Begin(string[] args)
    {
        StandardStreams.Occupy();
        if (args is not [TerminalGuard.Verb])
        {
            return false;
        }

        TerminalGuardian.Run();
        return true;
    }

    /// <inheritdoc/>
    public void ProtectMemory() => CoreDump.Disable();

    /// <inheritdoc/>
    public void ReleaseMemory() => Relocations.Release();

    /// <inheritdoc/>
    public bool TryWrite(byte[] bytes) => StandardOutput.TryWrite(bytes);

    /// <summary>
    /// This process becomes the command: signals, terminal and exit code are then the command's own, and no process with the keys stays
    /// behind.
    /// </summary>
    public int Run(string[] command, IReadOnlyDictionary<string, string> variables, IEnumerable<string> removed, TextWriter error)
    {
        // .NET's own copy of the environment is not the C library's, which the command inherits.
        foreach (string name in removed)
        {
            _ = Unset(name);
        }

        foreach ((string name, string value) in variables)
        {
            _ = Set(name, value, 1);
        }

        // .NET ignores SIGPIPE, and an ignored signal stays ignored across exec: 'mfasts exec … | head' would then never end.
        _ = Signal(BrokenPipeSignal, 0);
        _ = Execute(command[0], [.. command, null]);
        int code = Marshal.GetLastPInvokeError();
        error.WriteLine($"mfasts: '{PrintableText.Escape(command[0])}' cannot be run: {Marshal.GetPInvokeErrorMessage(code)}.");
        return code == NoSuchFile ? ExitCodes.NotFound : ExitCodes.NotExecutable;
    }

    [LibraryImport("libc", EntryPoint = "setenv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Set(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "unsetenv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unset(string name);

    [LibraryImport("libc", EntryPoint = "signal", SetLastError = true)]
    private static partial nint Signal(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "execvp", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string file, string?[] arguments);
}
