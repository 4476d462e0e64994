namespace MfaSts.Stores;

/// <summary>The stores that can be asked here.</summary>
public sealed class KeyStores
{
    /// <summary>For who has nothing but the files.</summary>
    public static KeyStores FileOnly { get; } = new();

    /// <summary>
    /// Whether a person may be asked, by the store for an unlock or by a command on the terminal. It is looked at only when a store is
    /// needed.
    /// </summary>
    public Func<bool> MayAsk { get; init; } = () => false;

    /// <summary>Gives the system's store, told whether a person may be asked: see <see cref="SystemKeyStore"/>.</summary>
    public Func<bool, IKeyStore> System { get; init; } = _ => throw NotHere("the system's store cannot be reached from here");

    /// <summary>Gives the vault of a name.</summary>
    public Func<string, bool, IKeyStore> Vault { get; init; } = (_, _) => throw NotHere("a vault can be opened from PowerShell only");

    /// <summary>Opens a store by its name.</summary>
    /// <exception cref="KeyStoreException">There is no such store here.</exception>
    public IKeyStore Open(string name) => Open(name, MayAsk());

    /// <summary>Whether the system has a store, locked or not. Nobody is asked for it.</summary>
    public async Task<bool> HasSystemAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Open(KeyStoreName.System, mayAsk: false).FindAsync(KeyEntries.ProbeId, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (KeyStoreException e)
        {
            return e.IsLocked;
        }
    }

    private IKeyStore Open(string name, bool mayAsk)
    {
        if (name == KeyStoreName.System)
        {
            return System(mayAsk);
        }

        return KeyStoreName.VaultOf(name) is { } vault
            ? Vault(vault, mayAsk)
            : throw NotHere("no store of this name is known to this version of MfaSts");
    }

    private static KeyStoreException NotHere(string why) =>
        new(
            isLocked: false,
            why,
            $"Correct {Profiles.CredentialKeys.Store} in the credentials file, or give the keys anew with -Store File.");
}
