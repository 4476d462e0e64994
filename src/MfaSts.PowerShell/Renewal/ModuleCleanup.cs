using System.Management.Automation;

namespace MfaSts.PowerShell.Renewal;

/// <summary>Takes the renewal out when the module is removed, or imported anew. PowerShell finds it by its interface.</summary>
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => RenewalHooks.TakeOut();
}
