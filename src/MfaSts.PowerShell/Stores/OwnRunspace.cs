using System.Management.Automation.Runspaces;

namespace MfaSts.PowerShell.Stores;

/// <summary>
/// A runspace without a host. In the caller's, a vault that asks where nobody answers ends the pipeline without a word, or blocks a
/// job for ever.
/// </summary>
internal sealed class OwnRunspace : IVaultRunspace
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public async Task<object?> InvokeAsync(string script, object?[] arguments, CancellationToken cancellationToken)
    {
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using var shell = System.Management.Automation.PowerShell.Create();
        shell.Runspace = runspace;
        shell.AddScript(script);
        foreach (object? argument in arguments)
        {
            shell.AddArgument(argument);
        }

        var running = Task.Run(() => shell.Invoke().FirstOrDefault()?.BaseObject, CancellationToken.None);
        try
        {
            return await running.WaitAsync(Limit, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            shell.Stop();
        }
    }
}
