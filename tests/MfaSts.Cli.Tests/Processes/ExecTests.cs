using System.Globalization;
using MfaSts.Cli.Tests.Support;
using MfaSts.Errors;

namespace MfaSts.Cli.Tests.Processes;

public sealed class ExecTests : IDisposable
{
    private readonly TestHome _home = new();

    public ExecTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the commands are Unix's");
        _home.Credentials = TestHome.Session("prod", TimeProvider.System.GetUtcNow().AddHours(1));
    }

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Arguments_reach_the_command_as_they_are()
    {
        (await Mfasts.RunAsync(_home, "exec", "prod", "--", "printf", "<%s>", "-q", "--verbose", "--help", "--", "a b", "", "$HOME",
            "[suggest]"))
            .Gave("<-q><--verbose><--help><--><a b><><$HOME><[suggest]>");
    }

    [Fact]
    public async Task Profile_may_be_left_out()
    {
        _home.Variables["AWS_PROFILE"] = "prod";

        (await Mfasts.RunAsync(_home, "exec", "--", "printenv", "AWS_ACCESS_KEY_ID")).Gave("ASIASTORED0000000001\n");
    }

    [Fact]
    public async Task Session_is_in_the_environment_and_nothing_that_hides_it()
    {
        string[] hiding = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SECURITY_TOKEN", "AWS_ACCOUNT_ID", "AWS_CREDENTIAL_SCOPE"];
        foreach (string name in hiding)
        {
            _home.Variables[name] = "hides";
        }

        _home.Variables["AWS_SESSION_TOKEN"] = "old";
        _home.Variables["AWS_PAGER"] = "stays";

        var ended = await Mfasts.RunAsync(_home, "exec", "prod", "--", "env", "-0");

        var variables =
            ended.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2))
                .ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal(
            ("ASIASTORED0000000001", TestHome.SessionSecret, TestHome.SessionToken, "prod", "stays"),
            (variables["AWS_ACCESS_KEY_ID"], variables["AWS_SECRET_ACCESS_KEY"], variables["AWS_SESSION_TOKEN"],
                variables["MFASTS_PROFILE"], variables["AWS_PAGER"]));
        Assert.DoesNotContain(variables.Keys, name => hiding.Contains(name));
    }

    [Fact]
    public async Task Exit_code_is_the_commands() =>
        Assert.Equal(
            new Ended(37, "out", "err"),
            await Mfasts.RunAsync(_home, "exec", "prod", "--", "sh", "-c", "printf out; printf err >&2; exit 37"));

    [Fact]
    public async Task Signal_that_ends_the_command_is_seen_by_the_caller()
    {
        // As .NET tells it: 128 and the signal's number, only for a process that a signal has ended.
        Assert.Equal(128 + 15, (await Mfasts.RunAsync(_home, "exec", "prod", "--", "sh", "-c", "kill -TERM $$; sleep 5")).ExitCode);
    }

    [Fact]
    public async Task Command_takes_the_programs_place()
    {
        using var process = Mfasts.Start(_home, [.. Mfasts.Command, "exec", "prod", "--", "sh", "-c", "echo $$"]);

        Assert.Equal($"{process.Id}\n", (await Mfasts.EndAsync(process)).Output);
    }

    [Fact]
    public async Task Command_finds_a_broken_pipes_signal_neither_ignored_nor_blocked()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");
        var ended = await Mfasts.RunAsync(_home, "exec", "prod", "--", "grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status");

        foreach (string line in ended.Output.TrimEnd().Split('\n'))
        {
            ulong mask = ulong.Parse(line.Split('\t')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            const ulong brokenPipe = 1 << 12;
            Assert.Equal(0UL, mask & brokenPipe);
        }
    }

    [Fact]
    public async Task Command_whose_reader_has_gone_ends()
    {
        var ended = await Mfasts.RunProgramAsync(_home, "sh", "-c", $"{string.Join(' ', Mfasts.Command)} exec prod -- yes | head -n 1");

        ended.Gave("y\n");
    }

    [Fact]
    public async Task No_secret_is_in_any_processes_arguments()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");
        var ended =
            await Mfasts.RunAsync(
                _home,
                "exec",
                "prod",
                "--",
                "sh",
                "-c",
                "cat /proc/$$/cmdline /proc/$PPID/cmdline; echo; cat /proc/[0-9]*/cmdline 2>/dev/null; exit 0");

        Assert.Contains("cmdline", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(TestHome.SessionSecret, ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(TestHome.SessionToken, ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_that_is_not_there_is_127_and_one_that_cannot_be_run_126()
    {
        var absent = await Mfasts.RunAsync(_home, "exec", "prod", "--", "no-such-command");
        absent.Failed(127);
        Assert.StartsWith("mfasts: 'no-such-command' cannot be run: ", absent.Error, StringComparison.Ordinal);

        (await Mfasts.RunAsync(_home, "exec", "prod", "--", _home.CredentialsPath)).Failed(126);
    }

    [Fact]
    public async Task Without_a_session_nothing_is_run()
    {
        (await Mfasts.RunAsync(_home, "exec", "absent", "--", "touch", _home.At("ran")))
            .Failed(ExitCodes.Of(MfaErrorId.LongTermCredentialNotFound));

        Assert.False(File.Exists(_home.At("ran")));
    }
}
