using System.Management.Automation;
using System.Reflection;
using System.Runtime.InteropServices;

namespace MfaSts.PowerShell.Loading;

/// <summary>
/// Loads MfaSts.Core before anything of the module touches it, and so that <c>[MfaSts.MfaSession]</c> resolves right after the import: the precompiled image
/// of this platform where the package has one, which spares the runtime most of the compiling of a first call, else the assembly that runs everywhere.
/// PowerShell finds it by its interface.
/// </summary>
/// <remarks>
/// A manifest's RequiredAssemblies cannot choose by platform and is loaded before this runs, so Core is not named there. Both files are the same assembly.
/// Code of an image that was precompiled for another version of .NET is passed over by the runtime, which then compiles as ever.
/// </remarks>
public sealed class CoreLoader : IModuleAssemblyInitializer
{
    private const string CoreAssembly = "MfaSts.Core.dll";

    /// <inheritdoc/>
    public void OnImport()
    {
        string folder = Path.GetDirectoryName(typeof(CoreLoader).Assembly.Location)!;
        if (!TryLoad(Path.Combine(folder, RuntimeInformation.RuntimeIdentifier, CoreAssembly)))
        {
            Assembly.LoadFrom(Path.Combine(folder, CoreAssembly));
        }
    }

    // A file of another platform, or half of one, costs the gain and not the import.
    private static bool TryLoad(string image)
    {
        if (!File.Exists(image))
        {
            return false;
        }

        try
        {
            Assembly.LoadFrom(image);
            return true;
        }
        catch (Exception e) when (e is BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
