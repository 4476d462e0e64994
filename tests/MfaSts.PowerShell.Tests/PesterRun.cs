using System.Diagnostics;
using System.Text.Json;
using MfaSts.Pwsh;

namespace MfaSts.PowerShell.Tests;

/// <summary>One Pester file in a fresh pwsh.</summary>
internal static class PesterRun
{
    /// <summary>What the name of a file with tests ends with.</summary>
    internal const string Ending = ".Tests.ps1";

    // A hang must end the run with a message; the slowest file takes a thirtieth of this on a quiet machine.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    internal static async Task<PesterOutcome> RunAsync(string name, Uri endpoint, CancellationToken cancellationToken)
    {
        string scratch = Directory.CreateTempSubdirectory("mfasts-pester-").FullName;
        try
        {
            string result = Path.Combine(scratch, "result.json");
            using var process = Start(Path.Combine(Places.PesterFolder, name + Ending), endpoint, scratch, result);
            string output = await WaitAsync(process, cancellationToken);
            return File.Exists(result)
                ? JsonSerializer.Deserialize<PesterOutcome>(await File.ReadAllTextAsync(result, cancellationToken))!
                : new PesterOutcome { Failures = [$"pwsh gave no result (exit code {process.ExitCode}).\n{output}"] };
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static Process Start(string file, Uri endpoint, string scratch, string result)
    {
        string script = Path.Combine(Places.PesterFolder, "RunPester.ps1");
        var start = PinnedPwsh.Describe("-NoProfile", "-NonInteractive", "-File", script, PinnedPwsh.Pester, file, result);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.WorkingDirectory = scratch;
        SetEnvironment(start.Environment, endpoint, scratch);
        return Process.Start(start)!;
    }

    private static async Task<string> WaitAsync(Process process, CancellationToken cancellationToken)
    {
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return await output + await error;
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static void SetEnvironment(IDictionary<string, string?> environment, Uri endpoint, string scratch)
    {
        foreach (string name in environment.Keys.Where(IsSetting).ToArray())
        {
            environment.Remove(name);
        }

        // Should a test forget to make a home of its own, it still finds no file of the user's.
        environment["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(scratch, "nobody", "credentials");
        environment["AWS_CONFIG_FILE"] = Path.Combine(scratch, "nobody", "config");
        environment["NO_PROXY"] = environment["no_proxy"] = endpoint.Host;
        environment["PESTER_MODULE"] = Places.ModuleFolder;
        environment["PESTER_PROJECT"] = Places.ModuleProject;
        environment["PESTER_CONFIGURATION"] = Places.Configuration;
        environment["PESTER_ENDPOINT"] = endpoint.ToString().TrimEnd('/');
        environment["PESTER_SCRATCH"] = scratch;
        environment["PESTER_RESULTS"] = Places.ResultFolder;
    }

    private static bool IsSetting(string name) =>
        name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("MFA", StringComparison.OrdinalIgnoreCase);
}
