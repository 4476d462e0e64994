using MfaSts.Cli.Tests.Support;

namespace MfaSts.Cli.Tests.Commands;

public sealed class CompletionTests : IDisposable
{
    private readonly ProgramUnderTest _program = new();

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("mfasts lo", "login logout")]
    [InlineData("mfasts cred", "credential-process")]
    [InlineData("mfasts login --to", "--token-code")]
    [InlineData("mfasts login --d", "--duration")]
    [InlineData("mfasts env --format p", "powershell")]
    [InlineData("mfasts read aws_s", "aws_secret_access_key aws_session_token")]
    [InlineData("mfasts whoami --j", "--json")]
    [InlineData("mfasts init --no", "--no-check")]
    [InlineData("mfasts init st", "staging")]
    [InlineData("mfasts policy --partition aws-u", "aws-us-gov")]
    [InlineData("mfasts completion z", "zsh")]
    [InlineData("mfasts login p", "prod prod2")]
    [InlineData("mfasts credential-process st", "staging")]
    [InlineData("mfasts status prod2", "prod2")]
    public async Task Program_suggests(string line, string expected)
    {
        var now = _program.Clock.GetUtcNow();
        _program.Home.Credentials =
            TestHome.LongTerm("prod") + TestHome.LongTerm("prod2") + TestHome.Session("prod", now) + TestHome.Session("staging", now);

        var ended = await _program.RunAsync($"[suggest:{line.Length}]", line);

        Assert.Equal((0, string.Empty), (ended.ExitCode, ended.Error));
        string word = line.Split(' ')[^1];
        Assert.Equal(expected.Split(' '), ended.Output.Split('\n').Where(found => found.StartsWith(word, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task File_that_cannot_be_read_has_no_profiles()
    {
        _program.Home.Credentials = "[prod\n";

        // The parser matches anywhere in a word; the shells keep what begins so.
        (await _program.RunAsync("[suggest:14]", "mfasts login p")).Gave("--policy\n--policy-arn\n--help\n--session-profile\n");
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _mfasts mfasts\n")]
    [InlineData("zsh", "compdef _mfasts mfasts\n")]
    [InlineData("fish", "complete -c mfasts -f -a ")]
    [InlineData("powershell", "Register-ArgumentCompleter -Native -CommandName mfasts ")]
    public async Task Each_shell_has_a_script(string shell, string part)
    {
        var ended = await _program.RunAsync("completion", shell);

        Assert.Equal((0, string.Empty), (ended.ExitCode, ended.Error));
        Assert.Contains(part, ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', ended.Output);
        Assert.EndsWith("\n", ended.Output, StringComparison.Ordinal);
    }
}
