using System.Management.Automation;
using MfaSts.PowerShell.Hosting;
using MfaSts.PowerShell.Stores;
using MfaSts.Stores;

namespace MfaSts.PowerShell.Loading;

/// <summary>
/// The stores that the module can ask. What each of them needs is loaded when it is first asked, and then shared by all runspaces.
/// </summary>
internal static class ModuleStores
{
    private static readonly Lazy<Func<bool, IKeyStore>> SecretService =
        new(() => AwsLoadContext.LoadSecretService(Path.Combine(ModuleFolder.Path, "private")));

    /// <summary>The stores of a cmdlet, in whose runspace a vault may ask.</summary>
    /// <param name="mayAsk">Whether a person may be asked.</param>
    /// <param name="pipeline">The cmdlet's thread.</param>
    /// <param name="runspace">The cmdlet's runspace.</param>
    public static KeyStores For(Func<bool> mayAsk, PipelineWork pipeline, CommandInvocationIntrinsics runspace) => new()
    {
        MayAsk = mayAsk,
        System = SystemKeyStore.Choose(ask => SecretService.Value(ask)),
        Vault = (name, ask) => VaultStore.Open(name, ask ? new CallersRunspace(pipeline, runspace) : new OwnRunspace()),
    };

    /// <summary>The stores where no cmdlet runs: a vault asks nobody there.</summary>
    /// <param name="mayAsk">Whether a person may be asked.</param>
    public static KeyStores For(Func<bool> mayAsk) => new()
    {
        MayAsk = mayAsk,
        System = SystemKeyStore.Choose(ask => SecretService.Value(ask)),
        Vault = (name, _) => VaultStore.Open(name, new OwnRunspace()),
    };
}
