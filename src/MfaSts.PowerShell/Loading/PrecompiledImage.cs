using System.Reflection;
using System.Runtime.InteropServices;

namespace MfaSts.PowerShell.Loading;

/// <summary>
/// An assembly of the module as the package has it for this system: precompiled, which spares the runtime most of the compiling of a first
/// call. Where there is none, or none that can be loaded, the assembly that runs everywhere is taken: both are made of the same source.
/// Code that was precompiled for another version of .NET is passed over by the runtime, which then compiles as ever.
/// </summary>
internal static class PrecompiledImage
{
    // A folder for each version: a package unpacked over an older one, and made on another system, leaves that one's images where they are.
    private static readonly string Folder = Path.Combine(
        ModuleFolder.Path,
        RuntimeInformation.RuntimeIdentifier,
        typeof(PrecompiledImage).Assembly.GetName().Version!.ToString(3));

    /// <summary>Loads the image of an assembly.</summary>
    /// <param name="file">The assembly's file name.</param>
    /// <param name="load">Loads a file into the context that it is for.</param>
    /// <returns>Null when there is none for this system: a file of another platform, or half of one, costs the gain and not the
    /// call.</returns>
    public static Assembly? TryLoad(string file, Func<string, Assembly> load)
    {
        string image = Path.Combine(Folder, file);
        string runtime = typeof(object).Assembly.Location;
        if (!File.Exists(image) || !File.Exists(runtime))
        {
            return null;
        }

        try
        {
            // Looked at first: where the runtime itself refuses another system's image, the assembly's name is taken by then, and no other
            // file can have it.
            return PlatformOf(image) == PlatformOf(runtime) ? load(image) : null;
        }
        catch (Exception e) when (e is BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            return null;
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
