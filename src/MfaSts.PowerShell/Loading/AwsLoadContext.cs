using System.Reflection;
using System.Runtime.Loader;

namespace MfaSts.PowerShell.Loading;

/// <summary>
/// Keeps our copy of the AWS SDK apart from any other in the process. All of AWSSDK.Core's version 4 carry the same assembly version, so in the default context
/// whichever is loaded first would serve both us and AWS.Tools, and the other would fail with MissingMethodException. Only Core's and .NET's types are shared.
/// </summary>
internal sealed class AwsLoadContext : AssemblyLoadContext
{
    private const string GatewayAssembly = "MfaSts.Aws";

    private readonly string _folder;

    private AwsLoadContext(string folder)
        : base("MfaSts") => _folder = folder;

    /// <summary>Loads the gateway and the SDK.</summary>
    /// <param name="folder">The folder with MfaSts.Aws.dll and the AWSSDK assemblies.</param>
    public static IAwsGateway LoadGateway(string folder)
    {
        var context = new AwsLoadContext(folder);
        var type = context.LoadFromAssemblyName(new AssemblyName(GatewayAssembly)).GetType("MfaSts.Aws.AwsGateway", throwOnError: true)!;
        return (IAwsGateway)Activator.CreateInstance(type)!;
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // A second copy of Core would make its types strangers to the caller's.
        var core = typeof(IAwsGateway).Assembly;
        if (assemblyName.Name == core.GetName().Name)
        {
            return core;
        }

        string path = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
