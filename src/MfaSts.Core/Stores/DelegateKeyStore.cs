namespace MfaSts.Stores;

/// <summary>
/// A store that is put together from its verbs. The module's vault is one: see <see cref="Sessions.DelegateCaller"/> for why its class does
/// not implement the interface.
/// </summary>
/// <param name="put">Keeps a secret under an access key ID.</param>
/// <param name="find">Reads it.</param>
/// <param name="remove">Removes it.</param>
public sealed class DelegateKeyStore(
    Func<string, string, CancellationToken, Task> put,
    Func<string, CancellationToken, Task<string?>> find,
    Func<string, CancellationToken, Task<bool>> remove) : IKeyStore
{
    /// <inheritdoc/>
    public Task PutAsync(string accessKeyId, string secretAccessKey, CancellationToken cancellationToken) =>
        put(accessKeyId, secretAccessKey, cancellationToken);

    /// <inheritdoc/>
    public Task<string?> FindAsync(string accessKeyId, CancellationToken cancellationToken) => find(accessKeyId, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(string accessKeyId, CancellationToken cancellationToken) => remove(accessKeyId, cancellationToken);
}
