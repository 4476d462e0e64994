using System.Diagnostics;
using System.Globalization;
using MfaSts.Profiles;
using MfaSts.Sandbox;
using MfaSts.Sessions;
using MfaSts.Stores;

namespace MfaSts.Prove.Load;

/// <summary>
/// 64 processes that want one session, a user's or a role's, program and module mixed: one code is asked for, and STS is called once for
/// each.
/// </summary>
internal static class OneSession
{
    private const int Crowd = 64;

    public static async Task RunAsync(Proof proof)
    {
        if (OperatingSystem.IsWindows())
        {
            proof.Skip("64 processes that want one session", "the code source is Unix's");
            return;
        }

        await RunAsync(proof, "prod", "session", roles: 0);
        await RunAsync(proof, "admin", "role", roles: 1);
    }

    private static async Task RunAsync(Proof proof, string profile, string what, int roles)
    {
        await using var server = await SandboxServer.StartAsync();
        using var home = new ScratchHome();
        var user = server.Account.Users[0];
        // Until the code is sent, minutes may go by on a busy machine.
        user.MfaDevices[0].AcceptedDrift = 20;
        string code = user.MfaDevices[0].CodeAt(TimeProvider.System.GetUtcNow());
        ScratchHome.Write(
            home.CredentialsPath,
            $"[prod-long-term]\naws_access_key_id = {user.AccessKeys[0].AccessKeyId}\naws_secret_access_key = "
                + $"{user.AccessKeys[0].SecretAccessKey}\naws_mfa_device = {user.MfaDevices[0].SerialNumber}\n");
        var role = server.Account.AddRole("Admin", new SandboxTrust { NeedsMfa = true });
        ScratchHome.Write(
            home.At(".aws", "config"),
            $"[profile prod]\nregion = us-east-1\nmfa_process = echo run >> {home.At("runs")}; sleep 1; echo {code}\n[profile "
                + $"admin]\nrole_arn = {role.Arn}\nsource_profile = prod\n");
        var variables =
            new Dictionary<string, string>
            {
                ["HOME"] = home.Root,
                ["AWS_ENDPOINT_URL"] = server.Endpoint.GetLeftPart(
                UriPartial.Authority)
            };

        int modules = Module.Lack is null ? 6 : 0;
        var shells =
            await Task.WhenAll(
                Enumerable.Range(0, modules).Select(
                    _ => Module.StartAsync(home, $"[Console]::Write((Get-MfaSessionToken -Profile {profile}).AccessKeyId)", variables)));
        Array.ForEach(shells, shell => shell.StandardInput.WriteLine());
        Process[] all;
        using (
            new SessionBroker(
                home.Files,
                new EnvironmentVariables(_ => null),
                () => throw new InvalidOperationException(),
                TimeProvider.System,
                KeyStores.FileOnly).BeginAsking("prod"))
        {
            all = [.. shells, .. Enumerable.Range(0, Crowd - modules).Select(
                _ => Child.Start([.. Child.Mfasts, "credential-process", profile], variables))];
            await MfaSts.Cli.Tests.Processes.Crowd.SettleAsync(all, CancellationToken.None);
        }

        // Whoever was asking is gone: all of them want to be next.
        var ends = await Task.WhenAll(all.Select(Child.EndAsync));

        int runs = File.ReadAllLines(home.At("runs")).Length;
        int calls = server.Requests.Count(request => request.Action == "GetSessionToken");
        int taken = server.Requests.Count(request => request.Action == "AssumeRole");
        string key = server.Account.Sessions[^1].AccessKeyId;
        int served = ends.Count(end => end.ExitCode == 0 && end.Output.Contains(key, StringComparison.Ordinal));
        string counts = string.Create(CultureInfo.InvariantCulture, $"{runs}, {calls}, {taken}, {served}");
        proof.Say($"64 processes that want one {what}: codes asked for, sessions and roles got from STS, served", counts);
        proof.Require(
            (runs, calls, taken, served) == (1, 1, roles, Crowd),
            $"64 that want one {what} ask once, call STS once for each, and all have it",
            $"{counts}: {ends.FirstOrDefault(end => end.ExitCode != 0)}");
    }
}
