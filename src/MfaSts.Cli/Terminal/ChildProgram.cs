using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using MfaSts.Errors;

namespace MfaSts.Cli.Terminal;

/// <summary>Runs the command of <c>exec</c>.</summary>
internal static partial class ChildProgram
{
    private const int NoSuchFile = 2;
    private const int BrokenPipeSignal = 13;

    /// <summary>
    /// On Unix this process becomes the command: signals, terminal and exit code are then the command's own, and no process with the keys
    /// stays behind.
    /// </summary>
    /// <returns>The exit code; on Unix only when the command could not be run.</returns>
    public static int Run(string[] command, IReadOnlyDictionary<string, string> variables, IEnumerable<string> removed, TextWriter error) =>
        OperatingSystem.IsWindows() ? Start(command, variables, removed, error) : Become(command, variables, removed, error);

    private static int Become(
        string[] command, IReadOnlyDictionary<string, string> variables, IEnumerable<string> removed, TextWriter error)
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

    private static int Start(string[] command, IReadOnlyDictionary<string, string> variables, IEnumerable<string> removed, TextWriter error)
    {
        var start = new ProcessStartInfo(command[0]);
        foreach (string argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string name in removed)
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        try
        {
            using var process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (Win32Exception e)
        {
            error.WriteLine($"mfasts: '{PrintableText.Escape(command[0])}' cannot be run: {e.Message}");
            return ExitCodes.NotFound;
        }
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
