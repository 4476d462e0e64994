using System.Diagnostics;
using System.Globalization;

namespace MfaSts.Prove.Faults;

/// <summary>A lock whose holder is dead, and a lock folder that goes away under the writers.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal static class LockFaults
{
    private const int Writers = 4;
    private const int Updates = 25;

    public static async Task RunAsync(Proof proof)
    {
        await DeadHolderAsync(proof);
        await FolderGoesAsync(proof);
    }

    private static async Task DeadHolderAsync(Proof proof)
    {
        using var home = new ScratchHome();
        ScratchHome.Write(home.CredentialsPath, OldFile.Text);
        string lockPath = home.Shared.MakeFolders().File("lock");
        if (!await Child.CanAsync("flock", "--version"))
        {
            proof.Skip("a lock's holder dies", "flock (util-linux) is not on this machine");
            return;
        }

        using var holder = Child.Start(["flock", lockPath, "sh", "-c", "echo held; exec sleep 60"]);
        await holder.StandardOutput.ReadLineAsync();
        var update = Task.Run(() => Worker.Update(home.CredentialsPath, "waiter", "1"));
        await Task.Delay(200);
        bool hasWaited = !update.IsCompleted;
        holder.Kill(entireProcessTree: true);
        long killed = Stopwatch.GetTimestamp();
        await update;
        proof.Count("a lock's holder died, and the waiter went on");
        var time = Stopwatch.GetElapsedTime(killed);
        proof.Say("ms from its death to the waiter's update", time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture));
        proof.Require(hasWaited, "a lock that is held is waited for", "flock");
        proof.RequireWithin(TimeSpan.FromSeconds(5), time, "a dead holder's lock is free at once", "flock");
    }

    // Whoever removes the folder takes the locks away; what must hold is that nothing is torn, nobody gives up, and every error is one of
    // the catalogue.
    private static async Task FolderGoesAsync(Proof proof)
    {
        using var home = new ScratchHome();
        ScratchHome.Write(home.CredentialsPath, OldFile.Text);
        Process[] writers =
            [.. Enumerable.Range(0, Writers).Select(
                i => Child.StartWorker(
                    "add",
                    home.CredentialsPath,
                    string.Create(CultureInfo.InvariantCulture, $"w{i}"),
                    Updates.ToString(CultureInfo.InvariantCulture)))];
        foreach (var writer in writers)
        {
            await writer.StandardOutput.ReadLineAsync();
            await writer.StandardInput.WriteLineAsync();
        }

        while (writers.Any(writer => !writer.HasExited))
        {
            TryRemove(home.At(".aws", ".mfasts"));
            proof.Count("removals of the lock folder while 4 processes write");
            await Task.Delay(3);
        }

        foreach (var writer in writers)
        {
            var ended = await Child.EndAsync(writer);
            writer.Dispose();
            proof.Require(ended.ExitCode is 0 or Worker.Refused, "an error is one of the catalogue", "lock folder gone: " + ended.Output);
            if (ended.ExitCode != 0)
            {
                proof.Count("writers that gave up: " + ended.Output.Trim());
            }
        }

        Worker.Update(home.CredentialsPath, "next", "1");
        var document = home.Shared.Read();
        proof.Require(OldFile.Untouched.All(name => document.Find(name) is not null), "nothing of others is lost", "lock folder gone");
        int kept = document.Sections.Count(section => section.Name.StartsWith('w'));
        proof.Say(
            "updates kept though the lock folder was removed",
            string.Create(CultureInfo.InvariantCulture, $"{kept} of {Writers * Updates}"));
    }

    private static void TryRemove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // Gone, or a writer has just put something into it.
        }
    }
}
