using System.ComponentModel;
using System.Diagnostics;

namespace MfaSts.Conformance.Tests.Support;

/// <summary>A program's end, and what it said.</summary>
internal sealed record Child(int ExitCode, string Output, string Error)
{
    // A hang must end the test with a message; on a machine that is busy all else may take long.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Runs a program to its end; the running test is skipped when the program is not there.</summary>
    /// <param name="environment">Gets nothing of AWS from this process but what is given; null removes a variable.</param>
    /// <param name="program">Looked for on PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    internal static async Task<Child> RunAsync(
        IEnumerable<KeyValuePair<string, string?>> environment, string program, params string[] arguments)
    {
        using var process = Start(Describe(environment, program, arguments));
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new Child(process.ExitCode, await output, await error);
    }

    /// <summary>Starts a program; the running test is skipped when it is not there.</summary>
    internal static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"The program '{start.FileName}' is not on PATH.");
            throw;
        }
    }

    private static ProcessStartInfo Describe(IEnumerable<KeyValuePair<string, string?>> environment, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
