using System.Text;
using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Sandbox;

namespace MfaSts.Prove.Leaks;

/// <summary>Names, devices, regions, endpoints and codes that carry what a file, a shell or a terminal could take for more.</summary>
internal static class Injections
{
    private const string KeyId = "AKIAIOSFODNN7EXAMPLE";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Device = "arn:aws:iam::123456789012:mfa/alice";

    private static readonly string[] Bait =
    [
        "a\n[evil]\nk = v", "a\r[evil]", "a]\n", "a] # [evil", "[evil]", "a=b", "a = b", "a:b\nc", "\"a\"", "'a'", "a\0b",
        "../../etc/passwd", "/etc/passwd", "a/../b", "$(touch pwned)", "`touch pwned`",
        "a; touch pwned", "a && touch pwned", "a|touch pwned", "\e[31mred\e[0m", "\e]0;title\a", "\u009b31m", "\u202Etxt", "a\u2028[evil]",
        "a\u0085b", " a", "a ", "a\tb", "", "#a", ";a", "DEFAULT", "-a", "%00", new string('a', 5000), "é\ud800",
    ];

    private static readonly string Kept = $"[kept]\naws_access_key_id = {KeyId}\naws_secret_access_key = {Secret}\n";

    public static async Task RunAsync(Proof proof)
    {
        foreach (string bait in Bait)
        {
            Store(proof, bait, "profile", change => change with { Profile = bait });
            Store(proof, bait, "key id", change => change with { AccessKeyId = bait });
            Store(proof, bait, "secret", change => change with { SecretAccessKey = bait });
            Store(proof, bait, "device", change => change with { SerialNumber = bait });
            Store(proof, bait, "region", change => change with { Region = bait });
        }

        await using var server = await SandboxServer.StartAsync();
        string[][] commands =
        [
            ["login", "{}", "--token-code", "123456"], ["login", "kept", "--token-code", "{}"],
            ["login", "kept", "--token-code", "123456", "--serial-number", "{}"],
            ["login", "kept", "--token-code", "123456", "--region", "{}"],
            ["login", "kept", "--token-code", "123456", "--session-profile", "{}"], ["logout", "{}"], ["read", "{}", "kept"],
        ];
        var cases =
            Bait.Where(bait => !bait.Contains('\0', StringComparison.Ordinal))
                .SelectMany(bait => commands.Select(command => (bait, command)));
        var chosen = proof.IsLong ? cases : cases.Where((_, i) => i % 3 == proof.Seed % 3);
        await Parallel.ForEachAsync(
            chosen,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            async (one, _) => await CommandAsync(proof, server, one.bait, one.command));
    }

    private static void Store(Proof proof, string bait, string field, Func<Change, Change> with)
    {
        using var home = new ScratchHome();
        ScratchHome.Write(home.CredentialsPath, Kept);
        var change = with(new Change("p", KeyId, Secret, Device, "eu-west-1"));
        string replay = $"store, {field} {PrintableText.Escape(bait)}";
        proof.Count("baits in what is stored");
        try
        {
            new LongTermCredentialStore(home.Files).Store(
                new LongTermCredentialChange
                {
                    Profile = change.Profile,
                    AccessKeyId = change.AccessKeyId,
                    SecretAccessKey = change.SecretAccessKey,
                    SerialNumber = change.SerialNumber,
                    Region = change.Region,
                },
                CancellationToken.None);
        }
        catch (MfaException e)
        {
            proof.Count("... refused");
            RequirePrintable(proof, e.Message, replay);
            proof.Require(
                field != "secret" || bait.Trim().Length < 3 || !e.Message.Contains(bait.Trim(), StringComparison.Ordinal),
                "an error shows no secret",
                replay);
            proof.Require(File.ReadAllText(home.CredentialsPath) == Kept, "what is refused leaves the file alone", replay);
            return;
        }

        var document = home.Shared.Read();
        string text = Encoding.UTF8.GetString(document.Bytes);
        proof.Require(
            text.StartsWith(Kept, StringComparison.Ordinal)
                && document.Sections.Select(section => section.Name).SequenceEqual(["kept", change.Profile + "-long-term"]),
            "what is stored is one section, and nothing else", replay);
    }

    private static async Task CommandAsync(Proof proof, SandboxServer server, string bait, string[] command)
    {
        using var home = new ScratchHome();
        string keys = $"[kept-long-term]\naws_access_key_id = {KeyId}\naws_secret_access_key = {Secret}\naws_mfa_device = {Device}\n";
        ScratchHome.Write(home.CredentialsPath, keys);
        var ended = await Child.RunAsync(
            [.. Child.Mfasts, .. command.Select(word => word == "{}" ? bait : word)],
            new Dictionary<string, string>
            {
                ["HOME"] = home.Root,
                ["AWS_ENDPOINT_URL"] = server.Endpoint.GetLeftPart(
                UriPartial.Authority),
                ["AWS_REGION"] = "us-east-1",
                ["PWD"] = home.Root
            });
        string replay =
            $"mfasts {string.Join(' ', command)} with {PrintableText.Escape(bait[..Math.Min(bait.Length, 60)])}: {ended.ExitCode} "
                + $"{PrintableText.Escape(ended.Errors)}";
        proof.Count("baits in commands of mfasts");
        RequirePrintable(proof, ended.Errors + ended.Output, replay);
        proof.Require(ended.ExitCode is > 0 and < 126, "a bait ends in an error with its own exit code", replay);
        proof.Require(File.ReadAllText(home.CredentialsPath) == keys, "the file is unharmed", replay);
        proof.Require(
            !File.Exists("pwned") && !Directory.EnumerateFiles(home.Root, "pwned", SearchOption.AllDirectories).Any(),
            "nothing is run",
            replay);
    }

    // What a terminal would act on: shown escaped, or not at all.
    private static void RequirePrintable(Proof proof, string text, string replay) => proof.Require(
        !text.Any(c => (char.IsControl(c) && c is not '\n') || c is '\u202e' or '\u2028'
            or '\u2029'), "what is shown is printable", replay);

    private sealed record Change(string Profile, string AccessKeyId, string SecretAccessKey, string SerialNumber, string Region);
}
