namespace MfaSts.Prove.Leaks;

/// <summary>Secrets stay where they belong, and text stays text.</summary>
internal static class LeakChapter
{
    public static async Task RunAsync(Proof proof)
    {
        await Injections.RunAsync(proof);
        if (OperatingSystem.IsWindows())
        {
            proof.Skip("canaries and rights", "modes, signals and the code source are Unix's");
            return;
        }

        await CanaryHunt.RunAsync(proof);
        await Rights.RunAsync(proof);
    }
}
