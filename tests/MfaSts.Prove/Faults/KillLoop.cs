using System.Globalization;

namespace MfaSts.Prove.Faults;

/// <summary>A writer that updates without rest, killed at a random moment, again and again.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal static class KillLoop
{
    public static async Task RunAsync(Proof proof)
    {
        var random = new Random(proof.Seed);
        foreach (var layout in Layout.All.Where(layout => layout.IsOfItsOwnKind))
        {
            using var home = new ScratchHome();
            layout.Prepare(home);
            for (int i = 0; i < (proof.IsLong ? 500 : 20); i++)
            {
                await KillAsync(proof, home, random.Next(200), layout.Name);
            }
        }
    }

    private static async Task KillAsync(Proof proof, ScratchHome home, int milliseconds, string layout)
    {
        using var worker = Child.StartWorker("count", home.CredentialsPath, "counter");
        await worker.StandardOutput.ReadLineAsync();
        await Task.Delay(milliseconds);
        worker.Kill();
        var ended = await Child.EndAsync(worker);
        proof.Count("random kills");
        string replay = string.Create(CultureInfo.InvariantCulture, $"{layout}, killed after {milliseconds} ms");

        // Only a whole line is a word: the kill may have cut the last one.
        string said = ended.Output[..(ended.Output.LastIndexOf('\n') + 1)];
        int last =
            said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, CultureInfo.InvariantCulture))
                .LastOrDefault(1);
        proof.Count("updates before a random kill", last);
        var document = home.Shared.Read();
        var counter = document.Find("counter");
        int stored = int.Parse(counter?["aws_access_key_id"]?["ASIA".Length..] ?? "-1", CultureInfo.InvariantCulture);
        proof.Require(stored == last || stored == last + 1, "what was said to be done is there after a kill", replay);
        proof.Require(
            counter?["aws_secret_access_key"] == "secret/" + stored.ToString(CultureInfo.InvariantCulture),
            "the file is whole after a kill",
            replay);
        proof.Require(
            File.GetUnixFileMode(home.CredentialsPath) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), "the mode stays", replay);
        Worker.Update(home.CredentialsPath, "next", "1");
        proof.Require(!home.Leftovers.Any(), "the next call takes away what a kill left", replay);
    }
}
