namespace MfaSts.PowerShell.Loading;

/// <summary>Where the module's assemblies lie, and below it what each system has of its own and what only the gateway loads.</summary>
internal static class ModuleFolder
{
    /// <summary>The folder's full path.</summary>
    public static string Path { get; } = System.IO.Path.GetDirectoryName(typeof(ModuleFolder).Assembly.Location)!;
}
