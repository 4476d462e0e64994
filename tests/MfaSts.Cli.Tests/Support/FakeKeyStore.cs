using MfaSts.Stores;

namespace MfaSts.Cli.Tests.Support;

/// <summary>A store in memory, which may be locked.</summary>
internal sealed class FakeKeyStore : IKeyStore
{
    internal Dictionary<string, string> Entries { get; } = [];

    internal bool IsLocked { get; set; }

    public Task PutAsync(string accessKeyId, string secretAccessKey, CancellationToken cancellationToken)
    {
        RequireUnlocked();
        Entries[accessKeyId] = secretAccessKey;
        return Task.CompletedTask;
    }

    public Task<string?> FindAsync(string accessKeyId, CancellationToken cancellationToken)
    {
        RequireUnlocked();
        return Task.FromResult(Entries.GetValueOrDefault(accessKeyId));
    }

    public Task<bool> RemoveAsync(string accessKeyId, CancellationToken cancellationToken)
    {
        RequireUnlocked();
        return Task.FromResult(Entries.Remove(accessKeyId));
    }

    private void RequireUnlocked()
    {
        if (IsLocked)
        {
            throw new KeyStoreException(isLocked: true, "it is locked", "Unlock it, then try again.");
        }
    }
}
