namespace MfaSts.Stores;

/// <summary>
/// A place beside the credentials file where secret access keys are kept, one entry for each access key ID: never for a profile, so
/// that a rotation, or a copy of
/// the file from another machine, cannot sign with another key's secret. Every verb may ask the store's own person to unlock it, and
/// ends within its own time.
/// </summary>
public interface IKeyStore
{
    /// <summary>Keeps a secret, in place of what was kept under the same ID.</summary>
    /// <exception cref="KeyStoreException">It is locked, or cannot be used.</exception>
    Task PutAsync(string accessKeyId, string secretAccessKey, CancellationToken cancellationToken);

    /// <summary>Reads a secret, over a connection of its own, so that it also proves what was put before.</summary>
    /// <returns>Null when there is no entry. A store that cannot tell that from being locked finds out first.</returns>
    /// <exception cref="KeyStoreException">It is locked, or cannot be used.</exception>
    Task<string?> FindAsync(string accessKeyId, CancellationToken cancellationToken);

    /// <summary>Removes an entry.</summary>
    /// <returns>False when there was none.</returns>
    /// <exception cref="KeyStoreException">It is locked, or cannot be used.</exception>
    Task<bool> RemoveAsync(string accessKeyId, CancellationToken cancellationToken);
}
