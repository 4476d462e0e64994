using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using MfaSts.Cli.Tests.Support;

namespace MfaSts.Cli.Tests.Processes;

/// <summary>The built program as a process: the native one where MFASTS_NATIVE names it, else the one that dotnet runs.</summary>
internal static class Mfasts
{
    // A hang must end the test with a message; on a machine that is busy all else may take long.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>The native program's path, or null.</summary>
    internal static string? Native { get; } = Environment.GetEnvironmentVariable("MFASTS_NATIVE") is { Length: > 0 } path
        ? Path.GetFullPath(path)
        : null;

    /// <summary>The words that start the program.</summary>
    internal static IReadOnlyList<string> Command { get; } = Native is null ? [DotNet, Metadata("Mfasts")] : [Native];

    // By its path: a profile's credential_process is run in an environment of its own.
    internal static string DotNet => Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet"
        ? own
        : Path.Combine(
            Environment.GetEnvironmentVariable("DOTNET_ROOT")
                ?? Path.GetFullPath(
                    Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")),
            "dotnet");

    internal static string RepositoryRoot => Metadata("RepositoryRoot");

    internal static Task<Ended> RunAsync(TestHome home, params string[] args) => RunProgramAsync(home, [.. Command, .. args]);

    /// <summary>Runs any program in the home folder; the running test is skipped when the program is not there.</summary>
    internal static async Task<Ended> RunProgramAsync(TestHome home, params IReadOnlyList<string> command)
    {
        using var process = Start(home, command);
        return await EndAsync(process);
    }

    internal static Process Start(TestHome home, IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(IsOurs).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in home.Variables)
        {
            start.Environment[name] = value;
        }

        start.Environment["HOME"] = home.Root;
        start.Environment["NO_PROXY"] = start.Environment["no_proxy"] = "127.0.0.1";
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TC_CallCounting"] = "0";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"The program '{start.FileName}' is not on this machine.");
            throw;
        }
    }

    internal static async Task<Ended> EndAsync(Process process)
    {
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit);
            return new Ended(process.ExitCode, await output, await error);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static bool IsOurs(string variable) =>
        variable.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase) || variable.StartsWith("MFA", StringComparison.OrdinalIgnoreCase);

    private static string Metadata(string key) =>
        typeof(Mfasts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
