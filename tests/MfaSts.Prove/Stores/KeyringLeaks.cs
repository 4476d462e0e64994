using System.Text;

namespace MfaSts.Prove.Stores;

/// <summary>
/// A secret that lives in the keyring, through the commands of a day: in no file, in nothing that is printed or said on the bus.
/// </summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
internal static class KeyringLeaks
{
    public static async Task RunAsync(Proof proof)
    {
        await using var home = await KeyringHome.MakeAsync();
        string recording = home.Files.At("bus.recording");
        await home.Bus.RecordAsync(recording, CancellationToken.None);
        string code = home.User.MfaDevices[0].CodeAt(TimeProvider.System.GetUtcNow());
        await SearchAsync(proof, home, "import", "prod", "--store", "System");
        foreach (string[] command in (string[][])
        [
            ["list"], ["whoami", "prod"], ["--verbose", "login", "prod", "--token-code", code], ["status", "prod"],
            ["credential-process", "prod"], ["login", "prod", "--force", "--token-code", code],
        ])
        {
            await SearchAsync(proof, home, command);
        }

        proof.Require(home.Server.Account.Sessions.Count == 1, "the secret in the keyring gets one session", string.Empty);
        byte[] said = await File.ReadAllBytesAsync(recording);
        proof.Count("bytes said on the bus", said.Length);
        proof.Require(Has(said, "SearchItems"), "the bus was listened to", recording);
        proof.Require(!Has(said, home.Secret), "no secret in clear on the bus", recording);
    }

    private static async Task SearchAsync(Proof proof, KeyringHome home, params string[] command)
    {
        var ended = await home.RunAsync(command);
        string shown = $"mfasts {string.Join(' ', command)}";
        proof.Require(!(ended.Output + ended.Errors).Contains(home.Secret, StringComparison.Ordinal), "no secret is printed", shown);
        proof.Require(!home.FilesInClear().Any(), "no secret of the keyring in a file", shown);
        proof.Count("commands with the secret in the keyring");
    }

    private static bool Has(byte[] bytes, string text) => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
}
