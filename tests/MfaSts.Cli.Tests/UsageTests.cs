using MfaSts.Cli.Tests.Support;

namespace MfaSts.Cli.Tests;

public sealed class UsageTests : IDisposable
{
    private readonly ProgramUnderTest _program = new();

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData]
    [InlineData("nonsense")]
    [InlineData("login", "a", "b")]
    [InlineData("login", "--nonsense")]
    [InlineData("login", "--token-code")]
    [InlineData("login", "--duration", "soon")]
    [InlineData("login", "--duration", "0")]
    [InlineData("login", "--json")]
    [InlineData("credential-process", "a", "b")]
    [InlineData("env", "--format", "tcsh")]
    [InlineData("read")]
    [InlineData("read", "nonsense")]
    [InlineData("list", "prod")]
    [InlineData("status", "a", "b")]
    [InlineData("logout", "a", "b")]
    [InlineData("init", "a", "b")]
    [InlineData("init", "--remove-csv")]
    [InlineData("import", "prod", "--remove-csv")]
    [InlineData("init", "--secret-access-key", "x")]
    [InlineData("whoami", "a", "b")]
    [InlineData("policy", "prod")]
    [InlineData("completion")]
    [InlineData("completion", "tcsh")]
    [InlineData("exec")]
    [InlineData("exec", "prod")]
    [InlineData("exec", "prod", "--")]
    [InlineData("exec", "prod", "env")]
    [InlineData("exec", "a", "b", "--", "env")]
    [InlineData("exec", "--nonsense", "--", "env")]
    public async Task Command_line_that_makes_no_sense_is_refused_with_2(params string[] args)
    {
        _program.Store(TimeSpan.FromHours(1));

        var ended = await _program.RunAsync(args);

        ended.Failed(2);
        Assert.StartsWith("mfasts: ", ended.Error, StringComparison.Ordinal);
        Assert.Contains("--help'", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_repeated_of_the_command_line_cannot_control_the_terminal()
    {
        var ended = await _program.RunAsync("non\u001b]0;sense");

        ended.Failed(2);
        Assert.DoesNotContain('\u001b', ended.Error);
    }

    [Fact]
    public async Task What_would_have_been_taken_is_listed_on_one_line()
    {
        var ended = await _program.RunAsync("policy", "--partition", "nope");

        ended.Failed(2);
        Assert.Contains("'aws' 'aws-cn' ", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\\u", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_at_sign_is_no_response_file()
    {
        _program.Home.Credentials = TestHome.Session("@prod", _program.Clock.GetUtcNow().AddHours(1));

        (await _program.RunAsync("read", "aws_access_key_id", "@prod")).Gave("ASIASTORED0000000001");
    }
}
