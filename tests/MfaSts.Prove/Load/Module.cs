using System.Diagnostics;
using MfaSts.Pwsh;

namespace MfaSts.Prove.Load;

/// <summary>The staged module in a fresh pwsh.</summary>
internal static class Module
{
    private static string Manifest => Path.Combine(Child.RepositoryRoot, "out", "MfaSts", "MfaSts.psd1");

    /// <summary>Why it cannot run, or null.</summary>
    public static string? Lack => File.Exists(Manifest) ? PinnedPwsh.Lack : $"The staged module '{Manifest}' is missing.";

    /// <summary>Starts a pwsh that has loaded the module and waits for a line before its command.</summary>
    public static async Task<Process> StartAsync(ScratchHome home, string command, IReadOnlyDictionary<string, string>? more = null)
    {
        var variables = new Dictionary<string, string>(PinnedPwsh.Variables.Concat(more ?? new Dictionary<string, string>()))
        {
            ["HOME"] = home.Root,
            ["USERPROFILE"] = home.Root,
        };
        string script =
            $"$ErrorActionPreference = 'Stop'; Import-Module '{Manifest}'; [Console]::WriteLine('ready'); $null = "
                + $"[Console]::In.ReadLine(); {command}";
        var process = Child.Start([PinnedPwsh.Program, "-NoProfile", "-Command", script], variables);
        await process.StandardOutput.ReadLineAsync();
        return process;
    }
}
