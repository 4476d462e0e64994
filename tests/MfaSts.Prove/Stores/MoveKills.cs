using System.Diagnostics;
using System.Globalization;

namespace MfaSts.Prove.Stores;

/// <summary>A move of a secret into the keyring and back, killed at a random moment: it is in one of the two, whole.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
internal static class MoveKills
{
    public static async Task RunAsync(Proof proof)
    {
        var random = new Random(proof.Seed);
        await using var home = await KeyringHome.MakeAsync();
        long start = Stopwatch.GetTimestamp();
        await MoveAsync(proof, home, "System", "a move without a kill");
        int whole = (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        for (int i = 0; i < (proof.IsLong ? 400 : 24); i++)
        {
            await KillAsync(proof, home, i % 2 == 0 ? "File" : "System", random.Next(whole / 4, whole));
        }
    }

    private static async Task KillAsync(Proof proof, KeyringHome home, string store, int milliseconds)
    {
        string replay = string.Create(CultureInfo.InvariantCulture, $"to {store}, killed after {milliseconds} ms");
        using var process = Child.Start([.. Child.Mfasts, "import", "prod", "--store", store], home.Variables);
        await Task.Delay(milliseconds);
        process.Kill();
        await Child.EndAsync(process);
        proof.Count("moves of a secret killed");
        bool isBoth = await home.InKeyringAsync() is not null && home.FilesInClear().Any();
        proof.Count("... with the secret in both places", isBoth ? 1 : 0);
        proof.Require(await home.FindSecretAsync() == home.Secret, "a secret that is moved is whole where the file says it is", replay);
        await MoveAsync(proof, home, store, replay);
    }

    private static async Task MoveAsync(Proof proof, KeyringHome home, string store, string replay)
    {
        var ended = await home.RunAsync("import", "prod", "--store", store);
        string why = $"{replay}: {ended}";
        bool isInKeyring = store == "System";
        proof.Require(ended.ExitCode == 0, "the next call finishes a move", why);
        proof.Require(await home.FindSecretAsync() == home.Secret, "a moved secret is whole", why);
        proof.Require(isInKeyring == (await home.InKeyringAsync() is not null), "a moved secret is not left where it was", why);
        proof.Require(isInKeyring != home.FilesInClear().Any(), "a secret in the keyring is in no file, one in the file is", why);
        proof.Require(!home.Files.Leftovers.Any(), "nothing of ours is left beside the files", why);
    }
}
