using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;

namespace MfaSts.Prove;

/// <summary>Processes that the proof starts: this program as a worker, mfasts, and programs of the machine.</summary>
internal static class Child
{
    // A hang must end the proof with a message; on a machine that is busy all else may take long.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static string RepositoryRoot => Metadata("RepositoryRoot");

    /// <summary>The words that start mfasts: the native one where MFASTS_NATIVE names it, else the one that dotnet runs.</summary>
    public static IReadOnlyList<string> Mfasts { get; } = NativeMfasts is { } native ? [native] : [DotNet, Metadata("Mfasts")];

    public static string? NativeMfasts =>
        Environment.GetEnvironmentVariable("MFASTS_NATIVE") is { Length: > 0 } path ? Path.GetFullPath(path) : null;

    private static string DotNet => Path.GetFullPath(Path.Combine(
        System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..",
            OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    public static IReadOnlyList<string> WorkerCommand(params string[] task) =>
        [Path.ChangeExtension(typeof(Child).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null), "worker", .. task];

    public static Process StartWorker(params string[] task) => Start(WorkerCommand(task));

    public static Process Start(IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? variables = null)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            string name in start.Environment.Keys.Where(
                name => name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase) || name.StartsWith(
                    "MFA", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["NO_PROXY"] = start.Environment["no_proxy"] = "127.0.0.1";
        foreach ((string name, string value) in variables ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Waits for the end and gives what was printed.</summary>
    public static async Task<Ended> EndAsync(Process process)
    {
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(Limit);
            return new Ended(process.ExitCode, await output, await errors);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            return new Ended(-1, string.Empty, "it did not end");
        }
    }

    public static async Task<Ended> RunAsync(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? variables = null, string input = "")
    {
        using var process = Start(command, variables);
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It did not want it.
        }

        return await EndAsync(process);
    }

    /// <summary>True when a program is on this machine and does what it is asked.</summary>
    public static async Task<bool> CanAsync(params string[] command)
    {
        try
        {
            return (await RunAsync(command)).ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static string Metadata(string key) =>
        typeof(Child).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}

/// <summary>How a process ended.</summary>
internal sealed record Ended(int ExitCode, string Output, string Errors);
