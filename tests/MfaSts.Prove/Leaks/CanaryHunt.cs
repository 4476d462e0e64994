using System.Globalization;
using MfaSts.Sandbox;

namespace MfaSts.Prove.Leaks;

/// <summary>
/// Secrets that can be told from anything else, and every command of mfasts: they are found where they belong, and nowhere else.
/// </summary>
internal sealed class CanaryHunt(Proof proof, SandboxServer server) : IDisposable
{
    private readonly ScratchHome _home = new();

    private SandboxUser User => server.Account.Users[0];

    private string LongTerm => User.AccessKeys[0].SecretAccessKey;

    private IEnumerable<string> SessionSecrets =>
        server.Account.Sessions.SelectMany(session => new[] { session.SecretAccessKey, session.SessionToken });

    public static async Task RunAsync(Proof proof)
    {
        await using var server = await SandboxServer.StartAsync();
        using var hunt = new CanaryHunt(proof, server);
        await hunt.HuntAsync();
    }

    public void Dispose() => _home.Dispose();

    private async Task HuntAsync()
    {
        string section =
            $"aws_access_key_id = {User.AccessKeys[0].AccessKeyId}\naws_secret_access_key = {LongTerm}\naws_mfa_device = "
                + $"{User.MfaDevices[0].SerialNumber}\n";
        Directory.CreateDirectory(_home.At("tmp"));
        ScratchHome.Write(
            _home.CredentialsPath,
            $"[prod-long-term]\n{section}\n[older-nomfa]\n{section}\n[broken-long-term]\naws_access_key_id = {LongTerm}\n");
        string csv = _home.At("keys.csv");
        ScratchHome.Write(csv, $"Access key ID,Secret access key\n{User.AccessKeys[0].AccessKeyId},{LongTerm}\n");
        string code = User.MfaDevices[0].CodeAt(TimeProvider.System.GetUtcNow());
        ScratchHome.Write(_home.At(".aws", "config"), "[profile prod]\nregion = us-east-1\nmfa_process = (env; cat /proc/*/cmdline) > "
            + $"{_home.At("child")} 2> /dev/null; echo {code}\n"
            + $"[profile admin]\nrole_arn = {server.Account.AddRole("Admin", new SandboxTrust()).Arn}\nsource_profile = prod\n");

        await RunAsync(["--verbose", "login", "prod"]);
        await RunAsync(["--verbose", "login", "admin"]);
        await RunAsync(["login", "admin", "--force", "--duration", "12h", "--token-code", code]);
        foreach (string[] command in (string[][])
        [
            ["list"], ["status", "prod"], ["whoami", "prod"], ["policy"], ["completion", "bash"], ["--verbose", "login", "prod"],
            ["login", "nobody"], ["login", "broken", "--token-code", "123456"],
            ["login", "prod", "--force", "--token-code", code], ["import", "--all", "--dry-run"], ["import", "older"],
            ["init", "fresh", "--csv", csv], ["import", "other", "--csv", csv], ["read", "aws_secret_key", "prod"],
        ])
        {
            await RunAsync(command);
        }

        await RunAsync(["credential-process", "prod"], isAsked: true);
        await RunAsync(["env", "prod"], isAsked: true);
        await RunAsync(["credential-process", "admin"], isAsked: true);
        await RunAsync(["exec", "admin", "--", "env"], isAsked: true);
        await RunAsync(["read", "aws_session_token", "prod"], isAsked: true);
        await RunAsync(["exec", "prod", "--", "env"], isAsked: true);
        proof.Require(SessionSecrets.Any(), "there is a session whose secrets can leak", string.Empty);
        await RunAsync(["logout", "prod"]);

        // A file that cannot be read is told by line, never by content.
        await File.AppendAllTextAsync(_home.CredentialsPath, $"{LongTerm}\n");
        foreach (
            string[] command in (string[][])[["list"], ["login", "prod"], ["credential-process", "prod"], ["import", "prod"],
                ["logout", "prod"]])
        {
            await RunAsync(command);
        }
    }

    private async Task RunAsync(string[] command, bool isAsked = false)
    {
        var ended = await Child.RunAsync([.. Child.Mfasts, .. command], new Dictionary<string, string>
        {
            ["HOME"] = _home.Root,
            ["TMPDIR"] = _home.At("tmp"),
            ["AWS_ENDPOINT_URL"] = server.Endpoint.GetLeftPart(UriPartial.Authority),
        });
        string shown = "mfasts " + string.Join(' ', command);
        Search(LongTerm, ended.Output, $"{shown}: standard output");
        Search(LongTerm, ended.Errors, $"{shown}: standard error");
        foreach (string secret in SessionSecrets)
        {
            Search(secret, ended.Errors, $"{shown}: standard error");
            if (!isAsked)
            {
                Search(secret, ended.Output, $"{shown}: standard output");
            }
        }

        if (isAsked)
        {
            proof.Require(
                SessionSecrets.Any(secret => ended.Output.Contains(secret, StringComparison.Ordinal)),
                "what is asked for is given",
                $"{shown}: {ended.Errors}");
            proof.Count("canaries found where they were asked for");
        }

        SearchFiles(shown);
        proof.Count("commands of mfasts");
    }

    private void SearchFiles(string shown)
    {
        foreach (string path in Directory.EnumerateFiles(_home.Root, "*", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = 0,
        }))
        {
            bool isSource = path == _home.CredentialsPath || path.EndsWith(".csv", StringComparison.Ordinal);
            if (isSource || MfaSts.Platform.Unix.LibC.GetStatus(path, followLink: false) is not { IsFile: true })
            {
                continue;
            }

            string text = File.ReadAllText(path);
            Search(LongTerm, text, $"{shown}: {Path.GetRelativePath(_home.Root, path)}");
            foreach (string secret in SessionSecrets)
            {
                Search(secret, text, $"{shown}: {Path.GetRelativePath(_home.Root, path)}");
            }
        }
    }

    private void Search(string canary, string text, string where)
    {
        proof.Count("places searched for a canary");
        bool isFound = text.Contains(canary, StringComparison.Ordinal)
            || text.Contains(Uri.EscapeDataString(canary), StringComparison.Ordinal);
        proof.Require(!isFound, "no secret where it does not belong", string.Create(CultureInfo.InvariantCulture, $"{where}"));
    }
}
