using System.Globalization;
using MfaSts.Prove.Faults;

namespace MfaSts.Prove.Stores;

/// <summary>
/// A move of a secret into the keyring and back, killed after each call to the bus and each one that settles a file: the secret is in one
/// of the two, whole.
/// </summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
internal static class MoveKills
{
    private const string Settling = "sendmsg,sendto,fsync,rename,renameat2";

    // Long enough for a kill to come before the next call.
    private const string Pause = "inject=" + Settling + ":delay_exit=50000";

    public static async Task RunAsync(Proof proof)
    {
        if (await Strace.MissingAsync() is { } missing)
        {
            proof.Skip("moves of a secret killed", missing);
            return;
        }

        await using var home = await KeyringHome.MakeAsync();
        foreach (string store in (string[])["System", "File"])
        {
            // In the short form each third one, from where the seed says.
            int step = proof.IsLong ? 1 : 3;
            int calls = 1 + (proof.Seed % step);
            await MoveAsync(proof, home, store == "File" ? "System" : "File", $"back, to move to {store}");
            while (await KillAsync(proof, home, store, calls))
            {
                calls += step;
                await MoveAsync(proof, home, store == "File" ? "System" : "File", $"back, to move to {store} again");
            }

            proof.Require(calls > 10, "a move of a secret makes calls to the bus and to the file", $"{store}: {calls}");
        }
    }

    /// <returns>False when it has ended before so many calls.</returns>
    private static async Task<bool> KillAsync(Proof proof, KeyringHome home, string store, int calls)
    {
        string replay = string.Create(CultureInfo.InvariantCulture, $"to {store}, killed after call {calls} of {Settling}");
        string trace = home.Files.At("trace");
        File.Delete(trace);
        using var process = Child.Start(
            [
                "strace", "-f", "-qq", "-o", trace, "-e", "trace=" + Settling, "-e", Pause,
                .. Child.Mfasts, "import", "prod", "--store", store,
            ],
            home.Variables);
        while (!process.HasExited && CountOf(trace) < calls)
        {
            await Task.Delay(5);
        }

        bool isKilled = !process.HasExited;
        process.Kill(entireProcessTree: true);
        await Child.EndAsync(process);
        proof.Count("moves of a secret killed", isKilled ? 1 : 0);
        bool isBoth = await home.InKeyringAsync() is not null && home.FilesInClear().Any();
        proof.Count("... with the secret in both places", isBoth ? 1 : 0);
        proof.Require(await home.FindSecretAsync() == home.Secret, "a secret that is moved is whole where the file says it is", replay);
        await MoveAsync(proof, home, store, replay);
        return isKilled;
    }

    private static int CountOf(string trace)
    {
        try
        {
            return File.ReadLines(trace).Count(line => line.Contains('(', StringComparison.Ordinal));
        }
        catch (IOException)
        {
            // Not there yet.
            return 0;
        }
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
