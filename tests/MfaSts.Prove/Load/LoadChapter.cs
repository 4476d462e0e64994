namespace MfaSts.Prove.Load;

/// <summary>Many at once, for a long time: no update of ours is lost among ourselves, and nobody else's is damaged.</summary>
internal static class LoadChapter
{
    public static async Task RunAsync(Proof proof)
    {
        await CrowdOfWriters.RunAsync(proof);
        if (!OperatingSystem.IsWindows())
        {
            await ClosedBeforeComparison.RunAsync(proof);
        }

        await OneSession.RunAsync(proof);
        await Soak.RunAsync(proof);
    }
}
