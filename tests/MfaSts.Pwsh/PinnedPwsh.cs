using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace MfaSts.Pwsh;

/// <summary>
/// The PowerShell that tests and the demonstration run: the one that the build has staged from its package, or the one that
/// <c>MFASTS_PWSH</c> names. A pwsh on PATH is not looked for, so that every machine runs the same.
/// </summary>
public static class PinnedPwsh
{
    /// <summary>The full path of the program; it may not be there: see <see cref="Lack"/>.</summary>
    public static string Program { get; } = Environment.GetEnvironmentVariable("MFASTS_PWSH") is { Length: > 0 } other
        ? Path.GetFullPath(other)
        : Path.Combine(Metadata("PwshFolder"), OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh");

    /// <summary>Pester's manifest, for Import-Module.</summary>
    public static string Pester { get; } = Path.Combine(Metadata("PesterFolder"), "Pester.psd1");

    /// <summary>Why there is no PowerShell to run, in one line; null when there is one.</summary>
    public static string? Lack { get; } = File.Exists(Program) ? null
        : Environment.GetEnvironmentVariable("MFASTS_PWSH") is { Length: > 0 } ? $"MFASTS_PWSH names '{Program}', which does not exist."
        : $"The package source of this machine does not serve PowerShell {Metadata("PwshVersion")}: see "
            + $"'{Path.Combine(Metadata("PwshFolder"), "restore.log")}'.";

    /// <summary>
    /// What it must find in its environment: the .NET that runs this process, that it must not look for updates, and that it is
    /// short-lived.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string>
    {
        ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")),
        ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
        ["POWERSHELL_UPDATECHECK"] = "Off",

        // Compiling methods once more, because they are called often, costs a process of a few seconds a third of its processor time.
        ["DOTNET_TieredPGO"] = "0",
        ["DOTNET_TC_CallCounting"] = "0",
    };

    /// <summary>A start of it, with the arguments as they stand, in the environment that it needs.</summary>
    public static ProcessStartInfo Describe(params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(Program, arguments);
        foreach ((string name, string value) in Variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static string Metadata(string key) => typeof(PinnedPwsh).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
