using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Files;

namespace MfaSts.Stores;

/// <summary>
/// Reads the secret of long-term keys from wherever it is kept. It is called only when AWS is about to be, once or twice a day.
/// </summary>
/// <param name="files">The AWS files.</param>
/// <param name="stores">The stores.</param>
internal sealed class SecretReader(AwsFiles files, KeyStores stores)
{
    /// <summary>The keys with their secret.</summary>
    /// <param name="credential">The keys as they were found.</param>
    /// <param name="serves">Until when a stored session is good all the same, for the error; or null.</param>
    /// <param name="cancellationToken">Ends every wait at once.</param>
    /// <exception cref="MfaException">StoreLocked, StoreEntryMissing, StoreUnavailable; StoreUnsafe: the key_process could be another
    /// user's.</exception>
    public async Task<LongTermCredential> UnlockAsync(
        LongTermCredential credential, DateTimeOffset? serves, CancellationToken cancellationToken)
    {
        if (credential.SecretAccessKey is not null)
        {
            return credential;
        }

        try
        {
            return credential.Command is null
                ? await FindAsync(credential, serves, cancellationToken).ConfigureAwait(false)
                : await new KeyCommand(files.Config).RunAsync(credential, stores.MayAsk(), cancellationToken).ConfigureAwait(false);
        }
        catch (KeyStoreException e)
        {
            throw MfaErrors.KeyStoreFailed(credential.Profile, credential.AccessKeyId, credential.Store, serves, e);
        }
    }

    private async Task<LongTermCredential> FindAsync(
        LongTermCredential credential, DateTimeOffset? serves, CancellationToken cancellationToken)
    {
        string? secret = await stores.Open(credential.Store).FindAsync(credential.AccessKeyId, cancellationToken).ConfigureAwait(false);
        return secret is { Length: > 0 } && !secret.Any(c => c is <= ' ' or > '~')
            ? credential.Unlocked(credential.AccessKeyId, secret)
            : throw MfaErrors.StoreEntryMissing(
                credential.Profile, credential.AccessKeyId, credential.Store, isThere: secret is not null, serves);
    }
}
