using System.Management.Automation;
using MfaSts.PowerShell.Hosting;

namespace MfaSts.PowerShell.Stores;

/// <summary>The runspace of the cmdlet, on its own thread: there a vault may ask for its password, and Ctrl+C ends the question.</summary>
internal sealed class CallersRunspace(PipelineWork pipeline, CommandInvocationIntrinsics runspace) : IVaultRunspace
{
    /// <inheritdoc/>
    public Task<object?> InvokeAsync(string script, object?[] arguments, CancellationToken cancellationToken) => pipeline.RunAsync(
        () => runspace.InvokeScript(useLocalScope: true, ScriptBlock.Create(script), input: null, arguments).FirstOrDefault()?.BaseObject,
            cancellationToken);
}
