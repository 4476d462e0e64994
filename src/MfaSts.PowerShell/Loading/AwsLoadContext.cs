using System.Reflection;
using System.Runtime.Loader;
using MfaSts.Stores;

namespace MfaSts.PowerShell.Loading;

/// <summary>
/// Keeps our copies of the AWS SDK and of the D-Bus client apart from any other in the process. All of AWSSDK.Core's version 4 carry the
/// same assembly version, so in the default context whichever is loaded first would serve both us and AWS.Tools, and the other would fail
/// with MissingMethodException. Only Core's and .NET's types are shared.
/// </summary>
internal sealed class AwsLoadContext : AssemblyLoadContext
{
    private readonly string _folder;
    private readonly Func<string, Func<string, Assembly>, Assembly?>? _preferred;

    private AwsLoadContext(string folder, Func<string, Func<string, Assembly>, Assembly?>? preferred)
        : base("MfaSts") => (_folder, _preferred) = (folder, preferred);

    /// <summary>Loads the gateway and the SDK.</summary>
    /// <param name="folder">The folder with MfaSts.Aws.dll and the AWSSDK assemblies.</param>
    /// <param name="preferred">Loads a file of that name from elsewhere, or gives null: then the folder's is loaded.</param>
    public static IAwsGateway LoadGateway(string folder, Func<string, Func<string, Assembly>, Assembly?>? preferred = null) =>
        (IAwsGateway)Activator.CreateInstance(LoadType(new AwsLoadContext(folder, preferred), "MfaSts.Aws", "AwsGateway"))!;

    /// <summary>
    /// Loads the Secret Service and its D-Bus client, whose versions refuse each other when one of another module is loaded already.
    /// </summary>
    /// <param name="folder">The folder with MfaSts.Stores.dll and Tmds.DBus.Protocol.dll.</param>
    /// <returns>Makes the store; told whether a person may be asked for an unlock.</returns>
    public static Func<bool, IKeyStore> LoadSecretService(string folder)
    {
        var type = LoadType(new AwsLoadContext(folder, preferred: null), "MfaSts.Stores", "SecretServiceStore");

        // As an object: a bare bool would ask for a private constructor without parameters.
        return mayAsk => (IKeyStore)Activator.CreateInstance(type, (object)mayAsk)!;
    }

    private static Type LoadType(AwsLoadContext context, string assembly, string name) =>
        context.LoadFromAssemblyName(new AssemblyName(assembly)).GetType($"{assembly}.{name}", throwOnError: true)!;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // A second copy of Core would make its types strangers to the caller's.
        var core = typeof(IAwsGateway).Assembly;
        if (assemblyName.Name == core.GetName().Name)
        {
            return core;
        }

        string file = assemblyName.Name + ".dll";
        string path = Path.Combine(_folder, file);
        return File.Exists(path) ? _preferred?.Invoke(file, LoadFromAssemblyPath) ?? LoadFromAssemblyPath(path) : null;
    }
}
