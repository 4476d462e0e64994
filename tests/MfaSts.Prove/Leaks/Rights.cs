namespace MfaSts.Prove.Leaks;

/// <summary>Rights on everything that is made, and what is done where others have too many.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal static class Rights
{
    private const UnixFileMode Owners = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string Keys =
        "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";

    public static async Task RunAsync(Proof proof)
    {
        await UmaskAsync(proof);
        await OpenFileAsync(proof);
        await CrashAsync(proof);
    }

    private static async Task UmaskAsync(Proof proof)
    {
        using var home = new ScratchHome();
        ScratchHome.Write(
            home.At("keys.csv"), "Access key ID,Secret access key\nAKIAIOSFODNN7EXAMPLE,wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n");
        var ended =
            await RunAsync(
                home,
                "umask 0; exec \"$@\"",
                "init",
                "p",
                "--no-check",
                "--csv",
                home.At("keys.csv"),
                "--serial-number",
                "arn:aws:iam::123456789012:mfa/a",
                "--region",
                "eu-west-1");
        proof.Require(ended.ExitCode == 0, "init works with an open umask", ended.Errors);
        foreach (string path in Directory.EnumerateFileSystemEntries(home.AwsFolder, "*", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = 0,
        }).Append(home.AwsFolder))
        {
            proof.Count("files and folders made under umask 0, for their owner alone");
            proof.Require((File.GetUnixFileMode(path) & ~Owners) == 0, "what is made is for its owner alone, whatever the umask", path);
        }
    }

    // As long as others can read the keys, every command that uses them should say so, and how to end it.
    private static async Task OpenFileAsync(Proof proof)
    {
        foreach (var mode in (UnixFileMode[])[UnixFileMode.OtherRead, UnixFileMode.GroupRead, UnixFileMode.OtherWrite])
        {
            using var home = new ScratchHome();
            ScratchHome.Write(home.CredentialsPath, "[p-nomfa]\n" + Keys);
            File.SetUnixFileMode(home.CredentialsPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | mode);
            var ended = await RunAsync(home, "exec \"$@\"", "import", "p");
            var now = File.GetUnixFileMode(home.CredentialsPath);
            bool isClosed = (now & ~Owners) == 0;
            bool isTold = ended.Errors.Contains(home.CredentialsPath, StringComparison.Ordinal);
            proof.Count("files open to others, closed or warned about");
            proof.Require(
                ended.ExitCode == 0 && (isClosed || isTold),
                "a file that is open to others is closed, or warned about",
                $"{mode}: {now} {ended.Errors}");
        }
    }

    private static async Task CrashAsync(Proof proof)
    {
        const string crash = "cd \"$HOME\"; ulimit -c unlimited || exit 3; \"$@\" & sleep 0.6; kill -SEGV $!; wait; ls core* 2> /dev/null";
        using var home = new ScratchHome();
        var control =
            await Child.RunAsync(["sh", "-c", crash, "sh", "sleep", "30"], new Dictionary<string, string> { ["HOME"] = home.Root });
        if (control.Output.Length == 0)
        {
            proof.Skip("core dumps of mfasts", "no program's crash leaves a core file here");
            return;
        }

        using var other = new ScratchHome();
        ScratchHome.Write(other.CredentialsPath, "[p-long-term]\n" + Keys + "aws_mfa_device = arn:aws:iam::123456789012:mfa/a\n");
        ScratchHome.Write(other.At(".aws", "config"), "[profile p]\nmfa_process = sleep 5\n");
        var ended = await RunAsync(other, crash, "login", "p");
        proof.Count("crashes of mfasts with keys in memory, no core file");
        proof.Require(ended.Output.Length == 0, "a crash of mfasts leaves no core file", ended.Output);
    }

    private static Task<Ended> RunAsync(ScratchHome home, string script, params string[] command) =>
        Child.RunAsync(["sh", "-c", script, "sh", .. Child.Mfasts, .. command], new Dictionary<string, string> { ["HOME"] = home.Root });
}
