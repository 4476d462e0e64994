using System.Globalization;
using System.Text;
using MfaSts.Profiles;
using MfaSts.Sessions;
using MfaSts.Stores;

namespace MfaSts.Prove.Stores;

/// <summary>64 processes that want one session whose secret is in the keyring: it is read once.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
internal static class OneUnlock
{
    private const int Crowd = 64;

    public static async Task RunAsync(Proof proof)
    {
        await using var home = await KeyringHome.MakeAsync();
        home.User.MfaDevices[0].AcceptedDrift = 20;
        string code = home.User.MfaDevices[0].CodeAt(TimeProvider.System.GetUtcNow());
        ScratchHome.Write(home.Files.At(".aws", "config"), $"[profile prod]\nregion = us-east-1\nmfa_process = echo {code}\n");
        await home.RunAsync("import", "prod", "--store", "System");
        string recording = home.Files.At("bus.recording");
        await home.Bus.RecordAsync(recording, CancellationToken.None);
        System.Diagnostics.Process[] all;
        using (
            new SessionBroker(
                home.Files.Files,
                new EnvironmentVariables(_ => null),
                () => throw new InvalidOperationException(),
                TimeProvider.System,
                KeyStores.FileOnly).BeginAsking("prod"))
        {
            all = [.. Enumerable.Range(0, Crowd).Select(
                _ => Child.Start([.. Child.Mfasts, "credential-process", "prod"], home.Variables))];
            await MfaSts.Cli.Tests.Processes.Crowd.SettleAsync(all, CancellationToken.None);
        }

        var ends = await Task.WhenAll(all.Select(Child.EndAsync));
        int served = ends.Count(end => end.ExitCode == 0);
        int read = CountOf(await File.ReadAllBytesAsync(recording), "GetSecret");
        string counts = string.Create(CultureInfo.InvariantCulture, $"{read}, {home.Server.Account.Sessions.Count}, {served}");
        proof.Say("64 processes, the secret in the keyring: read, sessions got, served", counts);
        proof.Require(
            counts == $"1, 1, {Crowd}",
            "64 that want one session read its secret once",
            $"{counts}: {Array.Find(ends, end => end.ExitCode != 0)}");
    }

    private static int CountOf(byte[] bytes, string text)
    {
        var rest = bytes.AsSpan();
        byte[] sought = Encoding.UTF8.GetBytes(text);
        int count = 0;
        for (int at = rest.IndexOf(sought); at >= 0; at = rest.IndexOf(sought))
        {
            count++;
            rest = rest[(at + sought.Length)..];
        }

        return count;
    }
}
