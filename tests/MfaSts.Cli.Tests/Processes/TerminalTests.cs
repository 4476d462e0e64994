using MfaSts.Cli.Tests.Support;
using MfaSts.Errors;

namespace MfaSts.Cli.Tests.Processes;

/// <summary>Where and how a person is asked: on the terminal, whatever the standard streams are.</summary>
public sealed class TerminalTests : IAsyncLifetime
{
    private static readonly string Prompt = $"MFA code for profile 'prod' ({TestHome.Device}): ";

    private TestAccount _account = null!;

    public async ValueTask InitializeAsync() => _account = await TestAccount.StartAsync();

    public ValueTask DisposeAsync() => _account.DisposeAsync();

    [Fact]
    public async Task Answer_at_the_terminal_is_taken_though_all_streams_are_pipes()
    {
        var seen = await RunAsync(new { act = "answer", text = _account.Code });

        Assert.Equal((0, string.Empty), (seen.Ends[0].ExitCode, seen.Ends[0].Error));
        Assert.Contains(_account.Server.Account.Sessions.Single().AccessKeyId, seen.Ends[0].Output, StringComparison.Ordinal);
        Assert.Equal(Prompt + "\r\n", seen.Shown);
        Assert.Equal((true, true), (seen.Silent, seen.EchoesAtEnd));
    }

    [Fact]
    public async Task Ctrl_c_ends_it_and_the_terminal_echoes_again()
    {
        var seen = await RunAsync(new { act = "interrupt" });

        Assert.Equal(new Ended(130, string.Empty, string.Empty), seen.Ends[0]);
        Assert.Equal((true, true), (seen.Silent, seen.EchoesAtEnd));
        Assert.Equal(0, _account.SessionTokenCalls);
    }

    [Theory]
    [InlineData("SIGTERM", 143)]
    [InlineData("SIGHUP", 129)]
    public async Task Signal_ends_it_and_the_terminal_echoes_again(string signal, int exitCode)
    {
        var seen = await RunAsync(new { act = "signal", text = signal, lease = Lease });

        Assert.Equal(new Ended(exitCode, string.Empty, string.Empty), seen.Ends[0]);
        Assert.Equal((true, true), (seen.Silent, seen.EchoesAtEnd));
    }

    [Fact]
    public async Task In_the_background_it_fails_at_once_and_is_not_stopped()
    {
        var seen = await RunAsync(new { act = "answer", text = "123456", background = true });

        Assert.False(seen.Stopped);
        Assert.Equal((ExitCodes.Of(MfaErrorId.TokenCodeRequired), 0), (seen.Ends[0].ExitCode, seen.Prompts));
        Assert.Contains("not in the terminal's foreground", seen.Ends[0].Error, StringComparison.Ordinal);
        Assert.Empty(seen.Ends[0].Output);
    }

    [Fact]
    public async Task Without_a_terminal_it_fails_at_once_and_says_what_to_do()
    {
        var ended = await Mfasts.RunProgramAsync(_account.Home, ["setsid", "--wait", .. Mfasts.Command, "credential-process", "prod"]);

        ended.Failed(ExitCodes.Of(MfaErrorId.TokenCodeRequired));
        Assert.Contains("there is no terminal", ended.Error, StringComparison.Ordinal);
        Assert.Contains("Run mfasts login prod in a terminal", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_person_is_asked_once_for_sixteen_callers()
    {
        var seen = await RunAsync(new { act = "answer", text = _account.Code, count = 16 });

        Assert.All(seen.Ends, end => Assert.Equal((0, string.Empty), (end.ExitCode, end.Error)));
        Assert.Equal((16, 1, 1), (seen.Ends.Length, seen.Prompts, _account.SessionTokenCalls));
        Assert.Contains(
            _account.Server.Account.Sessions.Single().SecretAccessKey,
            Assert.Single(seen.Ends.Select(end => end.Output).Distinct()),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_person_declines_the_others_end_and_do_not_ask_one_after_the_other()
    {
        var seen = await RunAsync(new { act = "signal", text = "SIGINT", lease = Lease, count = 4, pause = 6 });

        Assert.Equal(1, seen.Prompts);
        Assert.Equal(130, seen.Ends[seen.Asker].ExitCode);
        var others = seen.Ends.Where((_, index) => index != seen.Asker).ToList();
        Assert.Equal(3, others.Count);
        Assert.All(others, end =>
        {
            end.Failed(ExitCodes.Of(MfaErrorId.TokenCodeRequired));
            Assert.Contains("another process asked for it and got none", end.Error, StringComparison.Ordinal);
        });
    }

    private string Lease => Path.Combine(_account.Home.LockFolder, "credentials.prod.asking");

    private Task<Seen> RunAsync(object act) => PersonAtTerminal.RunAsync(_account.Home, act, "credential-process", "prod");
}
