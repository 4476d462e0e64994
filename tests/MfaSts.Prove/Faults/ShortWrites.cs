using System.Globalization;

namespace MfaSts.Prove.Faults;

/// <summary>Writes that the system cuts short, then refuses: a limit on the size of files, moved down through the file.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal static class ShortWrites
{
    private const int Cuts = 12;

    public static async Task RunAsync(Proof proof)
    {
        if (!await Child.CanAsync("prlimit", "--version"))
        {
            proof.Skip("writes cut short", "prlimit is not on this machine");
            return;
        }

        foreach (var layout in Layout.All.Where(layout => layout.IsOfItsOwnKind))
        {
            for (int i = 0; i < Cuts; i++)
            {
                await CutAsync(proof, layout, limit: (OldFile.Text.Length * i / Cuts) + 1);
            }
        }
    }

    private static async Task CutAsync(Proof proof, Layout layout, int limit)
    {
        using var home = new ScratchHome();
        layout.Prepare(home);
        byte[]? before = File.Exists(home.CredentialsPath) ? await File.ReadAllBytesAsync(home.CredentialsPath) : null;
        var status = MfaSts.Platform.Unix.LibC.GetStatus(home.CredentialsPath, followLink: true);
        using var worker = layout.StartWorker(home);
        await worker.StandardOutput.ReadLineAsync();
        await Child.RunAsync(
            ["prlimit", "--pid", worker.Id.ToString(CultureInfo.InvariantCulture), string.Create(
                CultureInfo.InvariantCulture, $"--fsize={limit}")]);
        await worker.StandardInput.WriteLineAsync();
        var ended = await Child.EndAsync(worker);

        // Without the limit it would have been done: what it makes is what another update of the same makes.
        byte[] after = await MakeAsync(layout);
        bool isKilled = ended.ExitCode > 128;
        proof.Count(isKilled ? "writes cut short, and the process killed there" : "writes cut short");
        new Aftermath(proof, layout, before, after, status)
            .Check(home, ended, isKilled, string.Create(CultureInfo.InvariantCulture, $"fsize={limit}"));
    }

    private static async Task<byte[]> MakeAsync(Layout layout)
    {
        using var home = new ScratchHome();
        layout.Prepare(home);
        using var worker = layout.StartWorker(home);
        await worker.StandardInput.WriteLineAsync();
        await Child.EndAsync(worker);
        return await File.ReadAllBytesAsync(home.CredentialsPath);
    }
}
