using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.Stores;

/// <summary>
/// The entries that belong to the sections of the credentials file. An entry is put, and proved, before the file names its store, and
/// is removed only when no section
/// names it any more: so whatever stops it, what the file says is whole.
/// </summary>
/// <param name="files">The AWS files.</param>
/// <param name="stores">The stores.</param>
internal sealed class KeyEntries(AwsFiles files, KeyStores stores)
{
    /// <summary>An ID that IAM never gives.</summary>
    public const string ProbeId = "MFASTS0PROBE0ENTRY";
    private const string Doing = "The secret access key was not put into";

    /// <summary>Puts a secret into a store, reads it back and compares. The file needs none.</summary>
    /// <exception cref="MfaException">StoreLocked, StoreUnavailable.</exception>
    public async Task PutAsync(
        string profile, string store, string accessKeyId, string secretAccessKey, CancellationToken cancellationToken)
    {
        if (store == KeyStoreName.File)
        {
            return;
        }

        try
        {
            var opened = stores.Open(store);
            await opened.PutAsync(accessKeyId, secretAccessKey, cancellationToken).ConfigureAwait(false);
            if (await opened.FindAsync(accessKeyId, cancellationToken).ConfigureAwait(false) != secretAccessKey)
            {
                throw MfaErrors.StoreForgetful(profile, store);
            }
        }
        catch (KeyStoreException e)
        {
            throw MfaErrors.KeyStoreRefused(profile, store, Doing, e);
        }
    }

    /// <summary>Fails when <see cref="PutAsync"/> would: better before AWS makes a key whose secret would then be lost.</summary>
    /// <exception cref="MfaException">StoreLocked, StoreUnavailable.</exception>
    public async Task ProbeAsync(string profile, string store, CancellationToken cancellationToken)
    {
        await PutAsync(profile, store, ProbeId, ProbeId, cancellationToken).ConfigureAwait(false);
        await TryForgetAsync(store, ProbeId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes an entry unless a section still names it. Nothing depends on it any more, so a failure is only told.</summary>
    /// <returns>A warning, or null.</returns>
    public async Task<string?> TryForgetAsync(string store, string accessKeyId, CancellationToken cancellationToken)
    {
        try
        {
            await ForgetAsync(store, accessKeyId, leavingOut: null, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is KeyStoreException or MfaException)
        {
            return MfaErrors.EntryLeftBehind(store, accessKeyId, e.Message);
        }
    }

    /// <summary>Removes the entry of keys whose section goes next. One that is not there is no error.</summary>
    /// <exception cref="MfaException">StoreLocked, StoreUnavailable.</exception>
    public async Task RemoveAsync(LongTermCredential credential, CancellationToken cancellationToken)
    {
        try
        {
            await ForgetAsync(credential.Store, credential.AccessKeyId, credential.Section, cancellationToken).ConfigureAwait(false);
        }
        catch (KeyStoreException e)
        {
            throw MfaErrors.KeyStoreRefused(
                credential.Profile, credential.Store, $"The secret of access key {credential.AccessKeyId} was not removed from", e);
        }
    }

    private async Task ForgetAsync(string store, string accessKeyId, string? leavingOut, CancellationToken cancellationToken)
    {
        if (store != KeyStoreName.File && !IsNamed(store, accessKeyId, leavingOut))
        {
            await stores.Open(store).RemoveAsync(accessKeyId, cancellationToken).ConfigureAwait(false);
        }
    }

    // Another profile may share the key.
    private bool IsNamed(string store, string accessKeyId, string? leavingOut) => files.Credentials.Read().Sections.Any(section =>
        section.Name != leavingOut && section[CredentialKeys.AccessKeyId] == accessKeyId && section[CredentialKeys.Store] == store);
}
