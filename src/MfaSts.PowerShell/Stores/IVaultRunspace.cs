namespace MfaSts.PowerShell.Stores;

/// <summary>Where the commands of SecretManagement run.</summary>
internal interface IVaultRunspace
{
    /// <summary>Runs a script.</summary>
    /// <returns>The first object that it gives, or null.</returns>
    Task<object?> InvokeAsync(string script, object?[] arguments, CancellationToken cancellationToken);
}
