using MfaSts.Cli.Tests.Support;
using MfaSts.Errors;

namespace MfaSts.Cli.Tests.Processes;

/// <summary>Standard streams that cannot be written, as a shell hands them over.</summary>
public sealed class StandardStreamsTests : IDisposable
{
    private readonly TestHome _home = new()
    {
        Credentials = TestHome.LongTerm("prod") + TestHome.Session("prod", TimeProvider.System.GetUtcNow().AddHours(1)),
    };

    public StandardStreamsTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "the shell and /dev/full are Linux's");

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData(">/dev/full", "No space left on device", "--version")]
    [InlineData(">/dev/full", "No space left on device", "--help")]
    [InlineData(">/dev/full", "No space left on device", "credential-process", "prod")]
    [InlineData(">/dev/full", "No space left on device", "env", "prod")]
    [InlineData(">/dev/full", "No space left on device", "completion", "bash")]
    [InlineData(">&-", "Bad file descriptor", "--version")]
    [InlineData(">&-", "Bad file descriptor", "--help")]
    [InlineData(">&-", "Bad file descriptor", "credential-process", "prod")]
    [InlineData(">&-", "Bad file descriptor", "status", "prod")]
    [InlineData("1</dev/null", "Bad file descriptor", "list", "--json")]
    [InlineData("1</dev/null", "Bad file descriptor", "read", "aws_access_key_id", "prod")]
    public async Task Output_that_cannot_be_written_is_an_error_in_one_line(string redirection, string reason, params string[] args) =>
        Assert.Equal(
            new Ended(ExitCodes.NotWritten, string.Empty, $"mfasts: write error: {reason}\n"),
            await RunAsync($"\"$@\" {redirection}", args));

    [Theory]
    [InlineData(">&- 2>&-")]
    [InlineData(">/dev/full 2>/dev/full")]
    [InlineData("1</dev/null 2</dev/null")]
    public async Task Neither_stream_can_be_written_and_the_exit_code_tells(string redirection) =>
        Assert.Equal(new Ended(ExitCodes.NotWritten, string.Empty, string.Empty), await RunAsync($"\"$@\" {redirection}", "env", "prod"));

    [Theory]
    [InlineData("2>&-")]
    [InlineData("2>/dev/full")]
    [InlineData("2</dev/null")]
    public async Task Errors_that_cannot_be_told_keep_their_exit_code(string redirection)
    {
        Assert.Equal(ExitCodes.Usage, (await RunAsync($"\"$@\" {redirection}", "nonsense")).ExitCode);
        Assert.Equal(ExitCodes.Of(MfaErrorId.SessionNotFound), (await RunAsync($"\"$@\" {redirection}", "logout", "x")).ExitCode);
    }

    [Theory]
    [InlineData("2>&-")]
    [InlineData("2>/dev/full")]
    public async Task A_warning_that_cannot_be_told_does_not_keep_the_keys_back(string redirection)
    {
        _home.Config = "[profile prod]\nregion = eu-west-1\n[prod]\nregion = us-east-1\n";

        var told = await RunAsync("\"$@\"", "env", "prod", "--verbose");
        var untold = await RunAsync($"\"$@\" {redirection}", "env", "prod", "--verbose");

        Assert.NotEmpty(told.Error);
        Assert.Equal(told with { Error = string.Empty }, untold);
        Assert.Contains("ASIASTORED0000000001", untold.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_that_closes_the_pipe_ends_it_quietly()
    {
        var ended = await RunAsync("\"$@\" | true; \"$@\" | head -n 1 >/dev/null", "completion", "bash");

        Assert.Equal(new Ended(0, string.Empty, string.Empty), ended);
    }

    [Theory]
    [InlineData(@"\377\3761\0002\0003\0004\0005\000\n\000")]
    [InlineData(@"\357\273\27712345\r\n")]
    public async Task A_code_is_read_in_the_encoding_that_its_mark_tells(string input)
    {
        // Five digits: none is sent, and the message says what was read.
        var ended = await RunAsync($"printf '{input}' | \"$@\"", "login", "prod", "--force", "--token-code", "-");

        Assert.Contains("it has 5 digits", ended.Error, StringComparison.Ordinal);
    }

    private Task<Ended> RunAsync(string script, params string[] args) =>
        Mfasts.RunProgramAsync(_home, ["sh", "-c", script, "sh", .. Mfasts.Command, .. args]);
}
