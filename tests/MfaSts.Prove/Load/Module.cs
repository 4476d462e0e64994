using System.Diagnostics;

namespace MfaSts.Prove.Load;

/// <summary>The staged module in a fresh pwsh.</summary>
internal static class Module
{
    private static string Manifest => Path.Combine(Child.RepositoryRoot, "out", "MfaSts", "MfaSts.psd1");

    public static async Task<bool> IsThereAsync() => File.Exists(Manifest) && await Child.CanAsync("pwsh", "-NoProfile", "-Version");

    /// <summary>Starts a pwsh that has loaded the module and waits for a line before its command.</summary>
    public static async Task<Process> StartAsync(ScratchHome home, string command, IReadOnlyDictionary<string, string>? more = null)
    {
        var variables = new Dictionary<string, string>(more ?? new Dictionary<string, string>())
        {
            ["HOME"] = home.Root,
            ["USERPROFILE"] = home.Root,
            ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
        };
        string script = $"$ErrorActionPreference = 'Stop'; Import-Module '{Manifest}'; [Console]::WriteLine('ready'); $null = [Console]::In.ReadLine(); {command}";
        var process = Child.Start(["pwsh", "-NoProfile", "-Command", script], variables);
        await process.StandardOutput.ReadLineAsync();
        return process;
    }
}
