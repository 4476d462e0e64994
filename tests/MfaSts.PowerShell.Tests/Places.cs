using System.Reflection;

namespace MfaSts.PowerShell.Tests;

/// <summary>The folders that the build names.</summary>
internal static class Places
{
    /// <summary>The staged module.</summary>
    internal static string ModuleFolder { get; } = Read("ModuleFolder");

    /// <summary>The project that packs the module.</summary>
    internal static string ModuleProject { get; } = Read("ModuleProject");

    /// <summary>Debug or Release.</summary>
    internal static string Configuration { get; } = Read("Configuration");

    /// <summary>The Pester files.</summary>
    internal static string PesterFolder { get; } = Read("PesterFolder");

    /// <summary>Where the counts of each file go.</summary>
    internal static string ResultFolder { get; } = Read("ResultFolder");

    private static string Read(string key) => typeof(Places).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
