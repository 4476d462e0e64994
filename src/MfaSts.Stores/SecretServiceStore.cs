using System.Text;
using Tmds.DBus.Protocol;

namespace MfaSts.Stores;

/// <summary>
/// The Secret Service of the user's session (GNOME Keyring, KWallet, KeePassXC): an item in the default collection for each access key,
/// found by the attributes
/// <c>application</c> and <c>access_key_id</c>.
/// </summary>
/// <param name="mayAsk">The service may ask its person for an unlock.</param>
public sealed class SecretServiceStore(bool mayAsk) : IKeyStore
{
    private const string IsLockedError = "org.freedesktop.Secret.Error.IsLocked";

    /// <summary>Gives an environment variable.</summary>
    internal Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <inheritdoc/>
    public Task PutAsync(string accessKeyId, string secretAccessKey, CancellationToken cancellationToken) => UseAsync(
        async service =>
        {
            string collection = await OpenCollectionAsync(service).ConfigureAwait(false);

            // No profile name in it: KWallet takes a slash for the end of a folder's name.
            var created = await UnlockedAsync(
                service, collection, () => service.CreateAsync(
                    collection, $"MfaSts access key {accessKeyId}", Attributes(accessKeyId), Encoding.UTF8.GetBytes(secretAccessKey)))
                .ConfigureAwait(false);
            if (created.Item == SecretService.Nothing)
            {
                await AskAsync(service, created.Prompt).ConfigureAwait(false);
            }

            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<string?> FindAsync(string accessKeyId, CancellationToken cancellationToken) => UseAsync(
        async service =>
        {
            string[] items = await SearchAsync(service, accessKeyId).ConfigureAwait(false);
            return items is [var item, ..]
                ? Encoding.UTF8.GetString(await UnlockedAsync(service, item, () => service.ReadAsync(item)).ConfigureAwait(false))
                : null;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(string accessKeyId, CancellationToken cancellationToken) => UseAsync(
        async service =>
        {
            string[] items = await SearchAsync(service, accessKeyId).ConfigureAwait(false);
            foreach (string item in items)
            {
                await AskAsync(service, await UnlockedAsync(service, item, () => service.DeleteAsync(item)).ConfigureAwait(false))
                    .ConfigureAwait(false);
            }

            return items.Length > 0;
        },
        cancellationToken);

    // Only these are searched by: a locked keyring finds nothing by xdg:schema.
    private static Dictionary<string, string> Search(string accessKeyId) =>
        new() { ["application"] = "MfaSts", ["access_key_id"] = accessKeyId };

    private static Dictionary<string, string> Attributes(string accessKeyId) =>
        new(Search(accessKeyId)) { ["xdg:schema"] = "mfasts.AccessKey" };

    private async Task<T> UseAsync<T>(Func<SecretService, Task<T>> use, CancellationToken cancellationToken)
    {
        string address = BusAddress.Find(Variable) ?? throw SecretServiceFailures.NoBus();
        try
        {
            using var service = await SecretService.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            return await use(service).ConfigureAwait(false);
        }
        catch (Exception e) when (SecretServiceFailures.Translate(e) is { } failure)
        {
            throw failure;
        }
    }

    // Locked and absent look alike in a search: the collection is asked before an entry is said to be missing.
    private async Task<string[]> SearchAsync(SecretService service, string accessKeyId)
    {
        var (unlocked, locked) = await service.SearchAsync(Search(accessKeyId)).ConfigureAwait(false);
        if (unlocked.Length == 0 && locked.Length == 0 && await OpenCollectionAsync(service).ConfigureAwait(false) is not null)
        {
            (unlocked, locked) = await service.SearchAsync(Search(accessKeyId)).ConfigureAwait(false);
        }

        foreach (string item in locked)
        {
            await UnlockAsync(service, item).ConfigureAwait(false);
        }

        return [.. unlocked, .. locked];
    }

    private async Task<string> OpenCollectionAsync(SecretService service)
    {
        string collection = await service.DefaultCollectionAsync().ConfigureAwait(false);
        if (collection == SecretService.Nothing)
        {
            throw SecretServiceFailures.NoCollection();
        }

        if (await service.IsLockedAsync(collection).ConfigureAwait(false))
        {
            await UnlockAsync(service, collection).ConfigureAwait(false);
        }

        return collection;
    }

    // KWallet says only here that it is locked, and KeePassXC may want to be asked for each use.
    private async Task<T> UnlockedAsync<T>(SecretService service, string path, Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (DBusErrorReplyException e) when (e.ErrorName == IsLockedError)
        {
            await UnlockAsync(service, path).ConfigureAwait(false);
            return await call().ConfigureAwait(false);
        }
    }

    private async Task UnlockAsync(SecretService service, string path) =>
        await AskAsync(service, await service.UnlockAsync(path).ConfigureAwait(false)).ConfigureAwait(false);

    private async Task AskAsync(SecretService service, string prompt)
    {
        if (prompt == SecretService.Nothing)
        {
            return;
        }

        if (!mayAsk)
        {
            throw SecretServiceFailures.Locked("and nobody can be asked from here");
        }

        if (!await service.PromptAsync(prompt).ConfigureAwait(false))
        {
            throw SecretServiceFailures.Locked("and its question was not answered; without a display it cannot be");
        }
    }
}
