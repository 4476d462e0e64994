using System.Reflection;

namespace MfaSts.Benchmark;

/// <summary>Where the build has staged the PowerShell module.</summary>
internal static class ModuleFolder
{
    public static string Path { get; } = typeof(ModuleFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "ModuleFolder").Value!;
}
