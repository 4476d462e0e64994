using MfaSts.Cli.Tests.Support;
using MfaSts.Errors;
using MfaSts.Stores;

namespace MfaSts.Cli.Tests.Commands;

public sealed class CredentialProcessTests : IDisposable
{
    private readonly ProgramUnderTest _program = new();

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData(61)]
    [InlineData(4 * 60)]
    [InlineData(14 * 60)]
    [InlineData(16 * 60)]
    [InlineData(12 * 3600)]
    public async Task Stored_session_with_more_than_a_minute_left_is_handed_out_and_nothing_else_happens(int seconds)
    {
        var expiration = _program.Store(TimeSpan.FromSeconds(seconds));
        var before = _program.Home.Snapshot();

        (await RunAsync()).Gave(Json("ASIASTORED0000000001", TestHome.SessionSecret, TestHome.SessionToken, expiration));

        Assert.Equal(before, _program.Home.Snapshot());
        Assert.False(Directory.Exists(_program.Home.LockFolder));
        Assert.Empty(_program.Sts.Calls);
        Assert.Empty(_program.Terminal.Prompts);
    }

    [Fact]
    public async Task Without_a_profile_the_environment_names_it()
    {
        _program.Home.Credentials =
            TestHome.Session("a", _program.Clock.GetUtcNow().AddHours(1), "ASIAA") + TestHome.Session(
                "b", _program.Clock.GetUtcNow().AddHours(1), "ASIAB")
            + TestHome.Session("c", _program.Clock.GetUtcNow().AddHours(1), "ASIAC") + TestHome.Session(
                "default", _program.Clock.GetUtcNow().AddHours(1), "ASIAD");

        Assert.Contains("\"ASIAD\"", (await _program.RunAsync("credential-process")).Output, StringComparison.Ordinal);
        _program.Home.Variables["MFASTS_PROFILE"] = "c";
        Assert.Contains("\"ASIAC\"", (await _program.RunAsync("credential-process")).Output, StringComparison.Ordinal);
        _program.Home.Variables["AWS_DEFAULT_PROFILE"] = "b";
        Assert.Contains("\"ASIAB\"", (await _program.RunAsync("credential-process")).Output, StringComparison.Ordinal);
        _program.Home.Variables["AWS_PROFILE"] = "a";
        Assert.Contains("\"ASIAA\"", (await _program.RunAsync("credential-process")).Output, StringComparison.Ordinal);
        Assert.Contains("\"ASIAD\"", (await _program.RunAsync("credential-process", "default")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Below_fifteen_minutes_the_code_command_renews_it_first()
    {
        _program.ConfigureCodeCommand();
        _program.Store(TimeSpan.FromMinutes(15));

        (await RunAsync()).Gave(Json("ASIANEW0000000000001", "new-secret-1", "new-token-1", _program.Clock.GetUtcNow().AddHours(12)));

        Assert.Equal(("123456", TestHome.Device), (_program.Sts.Calls.Single().Code, _program.Sts.Calls.Single().SerialNumber));
        Assert.Contains("new-secret-1", _program.Home.Credentials, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("900", 3 * 60 + 46, 0)]
    [InlineData("900", 3 * 60 + 45, 1)]
    [InlineData("3600", 15 * 60 + 1, 0)]
    [InlineData("3600", 15 * 60, 1)]
    public async Task A_short_sessions_window_is_a_quarter_of_its_life(string duration, int remaining, int renewals)
    {
        _program.ConfigureCodeCommand(more: $"duration_seconds = {duration}\n");
        _program.Store(TimeSpan.FromSeconds(remaining));

        await RunAsync();

        Assert.Equal((renewals, renewals), (_program.Sts.Calls.Count, _program.CodeCommandRuns));
    }

    [Fact]
    public async Task When_early_renewal_fails_the_old_one_is_handed_out_and_it_is_not_tried_for_a_minute()
    {
        _program.ConfigureCodeCommand("exit 3");
        var expiration = _program.Store(TimeSpan.FromMinutes(10));
        string old = Json("ASIASTORED0000000001", TestHome.SessionSecret, TestHome.SessionToken, expiration);

        var first = await RunAsync();
        Assert.Equal((0, old), (first.ExitCode, first.Output));
        Assert.StartsWith(
            "warning: The session was not renewed: The mfa_process of profile 'prod' gave no MFA code: it exited with 3.",
            first.Error,
            StringComparison.Ordinal);
        Assert.DoesNotContain("-TokenCode", first.Error, StringComparison.Ordinal);

        _program.Clock.Advance(TimeSpan.FromSeconds(50));
        (await RunAsync()).Gave(old);
        Assert.Equal(1, _program.CodeCommandRuns);

        _program.Clock.Advance(TimeSpan.FromSeconds(15));
        await RunAsync();
        Assert.Equal(2, _program.CodeCommandRuns);
    }

    [Fact]
    public async Task When_early_renewal_cannot_even_be_prepared_the_old_one_is_handed_out()
    {
        _program.ConfigureCodeCommand();
        var expiration = _program.Clock.GetUtcNow().AddMinutes(10);
        _program.Home.Credentials = TestHome.Session("prod", expiration);

        var ended = await RunAsync();

        Assert.Equal(
            (0, Json("ASIASTORED0000000001", TestHome.SessionSecret, TestHome.SessionToken, expiration)), (ended.ExitCode, ended.Output));
        Assert.StartsWith("warning: ", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_duration_that_is_none_does_not_keep_a_living_session_back()
    {
        _program.ConfigureCodeCommand(more: "duration_seconds = long\n");
        var expiration = _program.Store(TimeSpan.FromMinutes(10));

        var ended = await RunAsync();

        Assert.Equal(
            (0, Json("ASIASTORED0000000001", TestHome.SessionSecret, TestHome.SessionToken, expiration)), (ended.ExitCode, ended.Output));
        Assert.Equal(0, _program.CodeCommandRuns);
    }

    [Fact]
    public async Task While_another_process_renews_early_the_old_one_is_handed_out_at_once()
    {
        _program.ConfigureCodeCommand();
        var expiration = _program.Store(TimeSpan.FromMinutes(10));
        var broker =
            new MfaSts.Sessions.SessionBroker(
                _program.Home.Files, _program.Home.Environment, () => _program.Sts, _program.Clock, KeyStores.FileOnly);
        using var lease = broker.BeginAsking(broker.Prepare(new MfaSts.Sessions.SessionRequest { Profile = "prod", Force = true }));

        (await RunAsync()).Gave(Json("ASIASTORED0000000001", TestHome.SessionSecret, TestHome.SessionToken, expiration));

        Assert.Equal(0, _program.CodeCommandRuns);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(0)]
    [InlineData(-3600)]
    public async Task With_a_minute_or_less_the_person_is_asked(int seconds)
    {
        _program.Store(TimeSpan.FromSeconds(seconds));
        _program.Terminal.WillAnswer(() => "654321");

        (await RunAsync()).Gave(Json("ASIANEW0000000000001", "new-secret-1", "new-token-1", _program.Clock.GetUtcNow().AddHours(12)));

        Assert.Equal([$"MFA code for profile 'prod' ({TestHome.Device}): "], _program.Terminal.Prompts);
        Assert.Equal("654321", _program.Sts.Calls.Single().Code);

        // The SDK for Go kills it after a minute.
        Assert.Equal(TimeSpan.FromSeconds(50), _program.Terminal.Limit);
    }

    [Fact]
    public async Task With_a_minute_or_less_the_code_command_goes_before_the_person()
    {
        _program.ConfigureCodeCommand();
        _program.Store(TimeSpan.FromSeconds(60));
        _program.Terminal.WillAnswer(() => "654321");

        Assert.Equal(0, (await RunAsync()).ExitCode);

        Assert.Empty(_program.Terminal.Prompts);
        Assert.Equal("123456", _program.Sts.Calls.Single().Code);
    }

    [Fact]
    public async Task With_nobody_to_ask_it_fails_at_once_and_says_what_to_do()
    {
        _program.Store(TimeSpan.FromSeconds(60));

        var ended = await RunAsync();

        ended.Failed(ExitCodes.Of(MfaErrorId.TokenCodeRequired));
        Assert.Equal(
            "mfasts: Profile 'prod' has no usable session and needs an MFA code, but cannot ask for it: there is no terminal.\n"
            + "Run mfasts login prod in a terminal, give --token-code, or set mfa_process in the profile's configuration.\n",
            ended.Error);
        Assert.Empty(_program.Sts.Calls);
        Assert.False(Directory.Exists(_program.Home.LockFolder));
    }

    [Fact]
    public async Task When_nobody_answers_it_fails_and_says_so()
    {
        _program.Store(TimeSpan.Zero);
        _program.Terminal.WillAnswer(() => null);

        var ended = await RunAsync();

        ended.Failed(ExitCodes.Of(MfaErrorId.TokenCodeRequired));
        Assert.Contains("nobody answered on the terminal", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_person_presses_ctrl_c_it_ends_as_shells_count_it()
    {
        _program.Store(TimeSpan.Zero);
        _program.Terminal.WillAnswer(() => throw new OperationCanceledException());

        var ended = await RunAsync();

        Assert.Equal(new Ended(130, string.Empty, string.Empty), ended);
    }

    [Fact]
    public async Task A_code_that_is_refused_leaves_standard_output_empty()
    {
        _program.Store(TimeSpan.Zero);
        _program.Terminal.WillAnswer(() => "123456");
        _program.Sts.Failure = MfaErrors.TokenCodeRejected("prod", TestHome.Device, "no");

        (await RunAsync()).Failed(ExitCodes.Of(MfaErrorId.TokenCodeRejected));
    }

    private static string Json(string keyId, string secret, string token, DateTimeOffset expiration) =>
        $"{{\"Version\":1,\"AccessKeyId\":\"{keyId}\",\"SecretAccessKey\":\"{secret}\","
            + $"\"SessionToken\":\"{token}\",\"Expiration\":\"{TestHome.Text(expiration)}\"}}\n";

    private Task<Ended> RunAsync() => _program.RunAsync("credential-process", "prod");
}
