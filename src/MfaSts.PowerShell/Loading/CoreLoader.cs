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
/// A manifest's RequiredAssemblies cannot choose by platform and is loaded before this runs, so Core is not named there. Both files are made of the same source.
/// Code of an image that was precompiled for another version of .NET is passed over by the runtime, which then compiles as ever.
/// </remarks>
public sealed class CoreLoader : IModuleAssemblyInitializer
{
    private const string CoreAssembly = "MfaSts.Core.dll";

    /// <inheritdoc/>
    public void OnImport()
    {
        // A folder for each version: a package unpacked over an older one, and made on another system, leaves that one's image where it is.
        string version = typeof(CoreLoader).Assembly.GetName().Version!.ToString(3);
        if (!TryLoad(Path.Combine(ModuleFolder.Path, RuntimeInformation.RuntimeIdentifier, version, CoreAssembly)))
        {
            Assembly.LoadFrom(Path.Combine(ModuleFolder.Path, CoreAssembly));
        }
    }

    // A file of another platform, or half of one, costs the gain and not the import.
    private static bool TryLoad(string image)
    {
        string runtime = typeof(object).Assembly.Location;
        if (!File.Exists(image) || !File.Exists(runtime))
        {
            return false;
        }

        try
        {
            // Looked at first: where the runtime itself refuses another system's image, the assembly's name is taken by then, and no other file can have it.
            if (PlatformOf(image) != PlatformOf(runtime))
            {
                return false;
            }

            Assembly.LoadFrom(image);
            return true;
        }
        catch (Exception e) when (e is BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // The machine of a file's PE header, which in precompiled files, as those of .NET itself are, tells the processor and the system.
    private static int PlatformOf(string file)
    {
        using var reader = new BinaryReader(File.OpenRead(file));
        reader.BaseStream.Position = 0x3C;
        reader.BaseStream.Position = reader.ReadUInt32() + 4L;
        return reader.ReadUInt16();
    }
}
