using System.Diagnostics;
using System.Text.Json;
using MfaSts.Pwsh;

namespace MfaSts.Benchmark;

/// <summary>A PowerShell of its own for each measurement.</summary>
internal static class FreshPwsh
{
    /// <summary>
    /// The beginning of a script: MODULE is imported, and <c>Measure-Call { }</c> gives a block's milliseconds. Reading a stopwatch for the
    /// first time takes PowerShell one or two, which are not the block's.
    /// </summary>
    public const string ImportToMeasure = """
        Import-Module $env:MODULE
        function Measure-Call($Call) { $watch = [Diagnostics.Stopwatch]::StartNew(); $null = . $Call; $watch.Elapsed.TotalMilliseconds }
        $null = Measure-Call { }

        """;

    /// <summary>Runs a script whose output is one JSON value.</summary>
    public static T Run<T>(string script, params (string Name, string Value)[] environment)
    {
        var start = PinnedPwsh.Describe("-NoProfile", "-NonInteractive", "-Command", "$ErrorActionPreference = 'Stop'\n" + script);
        start.RedirectStandardOutput = true;
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<T>(output)!
            : throw new InvalidOperationException($"pwsh ended with {process.ExitCode}: {output}");
    }
}
