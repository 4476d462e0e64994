using System.Management.Automation;
using System.Reflection;

namespace MfaSts.PowerShell.Loading;

/// <summary>
/// Loads MfaSts.Core before anything of the module touches it, and so that <c>[MfaSts.MfaSession]</c> resolves right after the import.
/// PowerShell finds this class by its interface.
/// </summary>
/// <remarks>
/// A manifest's RequiredAssemblies cannot choose by platform and is loaded before this runs, so Core is not named there. For the same
/// reason no type of the module may implement an interface of Core or derive from a type of it: PowerShell looks at all types before this
/// runs.
/// </remarks>
public sealed class CoreLoader : IModuleAssemblyInitializer
{
    private const string CoreAssembly = "MfaSts.Core.dll";

    /// <inheritdoc/>
    public void OnImport() =>
        _ = PrecompiledImage.TryLoad(CoreAssembly, Assembly.LoadFrom) ?? Assembly.LoadFrom(Path.Combine(ModuleFolder.Path, CoreAssembly));
}
