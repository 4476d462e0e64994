using MfaSts.Stores;

namespace MfaSts.Tests.Fakes;

/// <summary>A store in memory, which counts what it is asked and fails where a test wants it to.</summary>
public sealed class FakeKeyStore : IKeyStore
{
    /// <summary>The entries by their access key IDs.</summary>
    public Dictionary<string, string> Entries { get; } = [];

    /// <summary>What was asked, in order: <c>put</c>, <c>find</c>, <c>remove</c>.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Thrown by the call of this number, counted from 1; by every one when it is 0.</summary>
    public (int Number, Exception Thrown)? Failure { get; set; }

    /// <summary>Loses what is put.</summary>
    public bool IsForgetful { get; set; }

    /// <summary>The stores of a process in which this one is the system's and every vault.</summary>
    public KeyStores AsAll => new() { System = _ => this, Vault = (_, _) => this };

    public static KeyStoreException Locked => new(isLocked: true, "it is locked", "Unlock it, then try again.");

    public Task PutAsync(string accessKeyId, string secretAccessKey, CancellationToken cancellationToken)
    {
        Count("put");
        if (!IsForgetful)
        {
            Entries[accessKeyId] = secretAccessKey;
        }

        return Task.CompletedTask;
    }

    public Task<string?> FindAsync(string accessKeyId, CancellationToken cancellationToken)
    {
        Count("find");
        return Task.FromResult(Entries.GetValueOrDefault(accessKeyId));
    }

    public Task<bool> RemoveAsync(string accessKeyId, CancellationToken cancellationToken)
    {
        Count("remove");
        return Task.FromResult(Entries.Remove(accessKeyId));
    }

    private void Count(string verb)
    {
        Calls.Add(verb);
        if (Failure is var (number, thrown) && (number == 0 || number == Calls.Count))
        {
            throw thrown;
        }
    }
}
