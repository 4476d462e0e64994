using System.Globalization;

namespace MfaSts.Prove.Faults;

/// <summary>
/// The program itself, killed at each system call of a command that takes away a session and the one of its role, and each of them failing.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal static class ProgramWalk
{
    private const string Keys =
        "[p-long-term]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n\n";
    private const string Session =
        "[p]\naws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_secret_access_key = secret\naws_session_token = token\nexpiration = "
            + "2099-01-01T00:00:00Z\nmanager = mfasts\n\n[admin-sts]\naws_access_key_id = ASIAI44QH8DHBEXAMPLE\n"
            + "aws_secret_access_key = secret\naws_session_token = token\nexpiration = 2099-01-01T00:00:00Z\nmanager = mfasts\n"
            + "mfasts_profile = admin\nmfasts_source = p\nmfasts_role = 0123456789abcdef0123456789abcdef\n";

    public static async Task RunAsync(Proof proof)
    {
        if (await Strace.MissingAsync() is { } missing)
        {
            proof.Skip("the program's system calls", missing);
            return;
        }

        using var recorded = MakeHome();
        var trace = await LogoutAsync(recorded, injection: null);
        proof.Require(!HasSession(recorded), "logout takes the session away", string.Join('\n', trace.Ended));
        string main = trace.Lines[0].Split(' ')[0];
        var calls =
            Strace.CallsIn(
                recorded,
                [.. trace.Lines.Where(line => line.StartsWith(main + " ", StringComparison.Ordinal)).Select(
                    line => line[main.Length..].TrimStart())]).ToList();
        proof.Count("system calls of mfasts logout", calls.Count);
        var injections = calls.SelectMany(call => Injection.Of(call.Call, call.Number, proof.IsLong))
            .Where(injection => proof.IsLong || injection.Error is null or "EIO");
        await Parallel.ForEachAsync(
            injections, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
                async (injection, _) => await InjectAsync(proof, injection));
    }

    private static ScratchHome MakeHome()
    {
        var home = new ScratchHome();
        ScratchHome.Write(home.CredentialsPath, Keys + Session);
        return home;
    }

    private static async Task<(Ended Ended, string[] Lines)> LogoutAsync(ScratchHome home, string? injection)
    {
        string[] inject = injection is null ? [] : ["-e", "inject=" + injection];
        string[] command =
            ["strace", "-f", "-y", "-s", "0", "-o", home.At("trace"), "-e", "trace=%file,%desc", .. inject, .. Child.Mfasts, "logout", "p"];
        var ended = await Child.RunAsync(command, new Dictionary<string, string> { ["HOME"] = home.Root });
        return (ended, await File.ReadAllLinesAsync(home.At("trace")));
    }

    private static bool HasSession(ScratchHome home) => File.ReadAllText(home.CredentialsPath) is var text
        && (text.Contains("[p]", StringComparison.Ordinal) || text.Contains("[admin-sts]", StringComparison.Ordinal));

    private static async Task InjectAsync(Proof proof, Injection injection)
    {
        using var home = MakeHome();
        var (ended, lines) = await LogoutAsync(home, injection.ToString());
        string replay = string.Create(CultureInfo.InvariantCulture, $"mfasts logout: {injection} ({ended.ExitCode} {ended.Errors.Trim()})");
        if (
            injection.Error is not null && !lines.Any(
                line => line.Contains("(INJECTED)", StringComparison.Ordinal) && line.Contains(home.Root, StringComparison.Ordinal)))
        {
            proof.Count("faults that met another call than meant, and are not counted");
            return;
        }

        proof.Count(injection.Error is null ? "kills of mfasts at a system call" : "failing system calls of mfasts");
        string text = File.ReadAllText(home.CredentialsPath);
        proof.Require(text is Keys + Session || text.TrimEnd() == Keys.TrimEnd(), "the file is the old one or the new one, whole", replay);
        proof.Require(
            injection.Error is null || (ended.ExitCode == 0) == !HasSession(home), "the exit code says whether it was done", replay);
        proof.Require(
            File.GetUnixFileMode(home.CredentialsPath) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), "the mode stays", replay);
        Worker.Update(home.CredentialsPath, "next", "1");
        proof.Require(
            !home.Leftovers.Any() && home.Shared.Read().Find("p-long-term") is not null,
            "the next call works and takes away what a kill left",
            replay);
    }
}
