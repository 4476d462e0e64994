using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.Stores;

/// <summary>
/// Stores and removes long-term keys: what goes into the files by <see cref="LongTermCredentialStore"/>, and their secret into the
/// store that is wanted.
/// </summary>
/// <param name="files">The AWS files.</param>
/// <param name="stores">The stores.</param>
public sealed class LongTermKeeper(AwsFiles files, KeyStores stores)
{
    private readonly LongTermCredentialStore _store = new(files);
    private readonly KeyEntries _entries = new(files, stores);

    /// <summary>
    /// The store that a change goes to: the one that it names, else the one where the profile's secret is now, else the file.
    /// </summary>
    /// <exception cref="MfaException">StoreUnavailable: it names none; ProfileUnsuitable: the keys come from a key_process.</exception>
    public string StoreFor(LongTermCredentialChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var profile = MfaProfile.Read(change.Profile, files);
        if (change.AccessKeyId is not null && profile.KeyProcess is not null)
        {
            throw MfaErrors.KeysComeFromCommand(profile.Name, files.Config.Path);
        }

        return change.Store is { } named
            ? KeyStoreName.Require(profile.Name, named)
            : _store.FindOwn(profile.Name)?.Store ?? KeyStoreName.File;
    }

    /// <summary>Stores keys, or only a device and settings, under a profile.</summary>
    /// <param name="change">What to store; what is null stays as it is.</param>
    /// <param name="cancellationToken">Ends every wait; nothing is in the file then.</param>
    /// <returns>What is left to be done by hand.</returns>
    /// <exception cref="MfaException">Whatever <see cref="LongTermCredentialStore.Store"/> throws; StoreLocked,
    /// StoreUnavailable.</exception>
    public async Task<IReadOnlyList<string>> StoreAsync(LongTermCredentialChange change, CancellationToken cancellationToken)
    {
        string store = StoreFor(change);
        var resolved = change.In(store);
        _store.Check(resolved);
        if (change.AccessKeyId is null)
        {
            _store.Store(resolved, cancellationToken);
            return [];
        }

        var old = _store.FindOwn(change.Profile);
        await _entries.PutAsync(change.Profile, store, change.AccessKeyId, change.SecretAccessKey!, cancellationToken)
            .ConfigureAwait(false);
        _store.Store(resolved, cancellationToken);
        string? warning = old is null
            ? null
            : await _entries.TryForgetAsync(old.Store, old.AccessKeyId, cancellationToken).ConfigureAwait(false);
        return warning is null ? [] : [warning];
    }

    /// <summary>
    /// Removes these very keys and the device beside them: from their store first, since the section tells where that is.
    /// </summary>
    /// <returns>False when they are gone, or others are in their place.</returns>
    /// <exception cref="MfaException">StoreLocked, StoreUnavailable, the Store errors of a file.</exception>
    public async Task<bool> RemoveAsync(LongTermCredential credential, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(credential);
        await _entries.RemoveAsync(credential, cancellationToken).ConfigureAwait(false);
        return _store.Remove(credential, cancellationToken);
    }
}
