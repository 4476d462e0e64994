using MfaSts.Stores.Tests;

namespace MfaSts.Prove.Stores;

/// <summary>A secret in the system's store: never lost, never elsewhere, asked for once.</summary>
internal static class StoreChapter
{
    public static async Task RunAsync(Proof proof)
    {
        if (!OperatingSystem.IsLinux() || SessionBus.Lack is not null)
        {
            proof.Skip("secrets in the system's store", SessionBus.Lack ?? "a Secret Service of one's own is Linux's");
            return;
        }

        await MoveKills.RunAsync(proof);
        await KeyringLeaks.RunAsync(proof);
        await OneUnlock.RunAsync(proof);
    }
}
