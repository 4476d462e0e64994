namespace MfaSts.Prove.Faults;

/// <summary>Whatever stops an update, the file is the old one or the new one, whole.</summary>
internal static class FaultChapter
{
    public static async Task RunAsync(Proof proof)
    {
        if (OperatingSystem.IsWindows())
        {
            proof.Skip("faults", "strace, modes and links are Unix's");
            return;
        }

        await FaultWalk.RunAsync(proof);
        await ProgramWalk.RunAsync(proof);
        await ShortWrites.RunAsync(proof);
        await KillLoop.RunAsync(proof);
        await LockFaults.RunAsync(proof);
    }
}
