using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MfaSts.Conformance.Tests.Architecture;

/// <summary>What an assembly file says about itself. It is not loaded.</summary>
internal sealed class BuiltAssembly
{
    private BuiltAssembly(
        string name, Version version, string informationalVersion, IReadOnlyList<string> references, IReadOnlyList<string> cmdlets)
    {
        Name = name;
        Version = version;
        InformationalVersion = informationalVersion;
        References = references;
        Cmdlets = cmdlets;
    }

    internal string Name { get; }

    internal Version Version { get; }

    /// <summary>Without the build's commit.</summary>
    internal string InformationalVersion { get; }

    /// <summary>The simple names of the assemblies that it needs.</summary>
    internal IReadOnlyList<string> References { get; }

    /// <summary>The cmdlets that its classes are, as Verb-Noun.</summary>
    internal IReadOnlyList<string> Cmdlets { get; }

    internal static BuiltAssembly Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        var definition = metadata.GetAssemblyDefinition();
        return new BuiltAssembly(
            metadata.GetString(definition.Name),
            definition.Version,
            Arguments(metadata, definition.GetCustomAttributes(), nameof(AssemblyInformationalVersionAttribute), 1).Single()[0]
                .Split('+')[0],
            [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))],
            [.. metadata.TypeDefinitions
                .SelectMany(handle => Arguments(metadata, metadata.GetTypeDefinition(handle).GetCustomAttributes(), "CmdletAttribute", 2))
                .Select(words => $"{words[0]}-{words[1]}")]);
    }

    // The leading string arguments of each attribute of a name.
    private static IEnumerable<string[]> Arguments(
        MetadataReader metadata, CustomAttributeHandleCollection handles, string attribute, int count)
    {
        foreach (var handle in handles)
        {
            var found = metadata.GetCustomAttribute(handle);
            if (
                found.Constructor.Kind == HandleKind.MemberReference && NameOf(
                    metadata, (MemberReferenceHandle)found.Constructor) == attribute)
            {
                var blob = metadata.GetBlobReader(found.Value);
                blob.ReadUInt16();
                yield return [.. Enumerable.Range(0, count).Select(_ => blob.ReadSerializedString()!)];
            }
        }
    }

    private static string NameOf(MetadataReader metadata, MemberReferenceHandle constructor)
    {
        var type = metadata.GetMemberReference(constructor).Parent;
        return type.Kind == HandleKind.TypeReference
            ? metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name)
            : string.Empty;
    }
}
