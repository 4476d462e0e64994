using System.Reflection;
using System.Runtime.Loader;
using MfaSts.Sts;

namespace MfaSts.Aws.Tests;

/// <summary>
/// Loads the gateway as the module does: by path, with the SDK, in a context of its own, so that the SDK's statics are fresh.
/// </summary>
internal sealed class PrivateContext : AssemblyLoadContext
{
    private static readonly string Folder = AppContext.BaseDirectory;

    public PrivateContext()
        : base(isCollectible: false)
    {
    }

    public static ISts NewGateway()
    {
        var assembly = new PrivateContext().LoadFromAssemblyPath(Path.Combine(Folder, "MfaSts.Aws.dll"));
        return (ISts)Activator.CreateInstance(assembly.GetType("MfaSts.Aws.AwsGateway", throwOnError: true)!)!;
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name!.StartsWith("AWSSDK.", StringComparison.Ordinal)
            ? LoadFromAssemblyPath(Path.Combine(Folder, assemblyName.Name + ".dll"))
            : null;
}
