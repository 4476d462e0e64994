using MfaSts.Cli.Tests.Support;
using MfaSts.Errors;
using MfaSts.Stores;

namespace MfaSts.Cli.Tests.Commands;

public sealed class LoginTests : IDisposable
{
    private readonly ProgramUnderTest _program = new();

    public LoginTests() => _program.Home.Credentials = TestHome.LongTerm("prod");

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Code_from_the_command_line_gets_a_session()
    {
        (await _program.RunAsync("login", "prod", "--token-code", "012345"))
            .Gave(string.Empty, "The session of profile 'prod' in [prod] has 12h left.\n");

        Assert.Equal(("012345", TestHome.Device, TimeSpan.FromHours(12), "us-east-1"), _program.Sts.Calls.Single());
        Assert.Equal(
            TestHome.LongTerm("prod")
                + "\n[prod]\naws_access_key_id = ASIANEW0000000000001\naws_secret_access_key = new-secret-1\naws_session_token = "
                + "new-token-1\n"
            + $"expiration = {TestHome.Text(_program.Clock.GetUtcNow().AddHours(12))}\nmanager = mfasts\n",
            _program.Home.Credentials);
    }

    [Fact]
    public async Task Code_is_read_from_standard_input_only_when_it_is_told_to()
    {
        _program.Input = "111111\n222222\n";
        (await _program.RunAsync("login", "prod")).Failed(ExitCodes.Of(MfaErrorId.TokenCodeRequired));
        Assert.Empty(_program.Sts.Calls);

        Assert.Equal(0, (await _program.RunAsync("login", "prod", "--token-code", "-")).ExitCode);
        Assert.Equal("111111", _program.Sts.Calls.Single().Code);
    }

    [Fact]
    public async Task Standard_input_that_ends_before_a_code_is_refused()
    {
        (await _program.RunAsync("login", "prod", "--token-code", "-")).Failed(ExitCodes.Of(MfaErrorId.TokenCodeMalformed));
        Assert.Empty(_program.Sts.Calls);
    }

    [Fact]
    public async Task Person_is_asked_at_the_terminal()
    {
        _program.Terminal.WillAnswer(() => "654321");

        Assert.Equal(0, (await _program.RunAsync("login", "prod")).ExitCode);

        Assert.Equal([$"MFA code for profile 'prod' ({TestHome.Device}): "], _program.Terminal.Prompts);
        Assert.Equal("654321", _program.Sts.Calls.Single().Code);
    }

    [Theory]
    [InlineData(299, 1)]
    [InlineData(301, 0)]
    public async Task Stored_session_with_more_than_five_minutes_left_needs_no_code(int remaining, int calls)
    {
        _program.Store(TimeSpan.FromSeconds(remaining));

        Assert.Equal(0, (await _program.RunAsync("login", "prod", "--token-code", "123456")).ExitCode);

        Assert.Equal(calls, _program.Sts.Calls.Count);
    }

    [Fact]
    public async Task Force_gets_a_new_one_though_the_old_one_lives()
    {
        _program.Store(TimeSpan.FromHours(5));

        Assert.Equal(0, (await _program.RunAsync("login", "prod", "--force", "--token-code", "123456")).ExitCode);

        Assert.Single(_program.Sts.Calls);
    }

    [Fact]
    public async Task Options_reach_the_call()
    {
        const string other = "arn:aws:iam::123456789012:mfa/other";
        (await _program.RunAsync("login", "prod", "--token-code", "123456", "--duration", "1h30m", "--serial-number", other, "--region",
            "eu-west-3"))
            .Gave(string.Empty, "The session of profile 'prod' in [prod] has 1h 30m left.\n");

        Assert.Equal(("123456", other, TimeSpan.FromMinutes(90), "eu-west-3"), _program.Sts.Calls.Single());
    }

    [Theory]
    [InlineData("--token-code", "12345", MfaErrorId.TokenCodeMalformed)]
    [InlineData("--duration", "10m", MfaErrorId.DurationOutOfRange)]
    [InlineData("--serial-number", "x", MfaErrorId.SerialNumberInvalid)]
    [InlineData("--region", "cn-north-1", MfaErrorId.RegionMismatch)]
    public async Task What_cannot_be_is_refused_before_anything_is_sent(string option, string value, MfaErrorId id)
    {
        string[] code = option == "--token-code" ? [] : ["--token-code", "123456"];

        (await _program.RunAsync(["login", "prod", option, value, .. code])).Failed(ExitCodes.Of(id));

        Assert.Empty(_program.Sts.Calls);
    }

    [Fact]
    public async Task Profile_without_keys_is_told_so()
    {
        var ended = await _program.RunAsync("login", "absent", "--token-code", "123456");

        ended.Failed(ExitCodes.Of(MfaErrorId.LongTermCredentialNotFound));
        Assert.StartsWith("mfasts: ", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("login", "LongTermCredentialNotFound", "If not, store one with: mfasts init prdo")]
    [InlineData("env", "LongTermCredentialNotFound", "If not, store one with: mfasts init prdo")]
    [InlineData("whoami", "LongTermCredentialNotFound", "If not, store one with: mfasts init prdo")]
    [InlineData("import", "LongTermCredentialNotFound", "If not, store one with: mfasts init prdo")]
    [InlineData("credential-process", "LongTermCredentialNotFound", "If not, store one with: mfasts init prdo")]
    [InlineData("logout", "SessionNotFound", "If not, get one with: mfasts login prdo")]
    public async Task Mistyped_profile_is_met_with_the_nearest_one(string command, string id, string otherwise)
    {
        var ended = await _program.RunAsync(command, "prdo");

        ended.Failed(ExitCodes.Of(Enum.Parse<MfaErrorId>(id)));
        Assert.EndsWith($"\nDid you mean 'prod'? {otherwise}\n", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Same_code_is_not_sent_twice()
    {
        await _program.RunAsync("login", "prod", "--token-code", "123456");

        (await _program.RunAsync("login", "prod", "--force", "--token-code", "123456"))
            .Failed(ExitCodes.Of(MfaErrorId.TokenCodeAlreadyUsed));

        Assert.Single(_program.Sts.Calls);
    }

    [Fact]
    public async Task Quiet_says_nothing_and_verbose_says_where_all_comes_from()
    {
        (await _program.RunAsync("login", "prod", "--token-code", "123456", "--quiet")).Gave(string.Empty);
        (await _program.RunAsync("login", "prod", "-q")).Gave(string.Empty);
        (await _program.RunAsync("login", "prod", "-v")).Gave(
            string.Empty,
            $"The stored session of profile 'prod' in [prod] of '{_program.Home.CredentialsPath}' is used; it has 12h left.\n"
                + "The session of profile 'prod' in [prod] has 12h left.\n");

        var verbose = await _program.RunAsync("login", "prod", "--force", "--token-code", "654321", "--verbose");
        Assert.Contains($"MFA device '{TestHome.Device}' from [prod-long-term].\n", verbose.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", verbose.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(TestHome.LongTermSecret, verbose.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("654321", verbose.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warnings_are_said_unless_quiet()
    {
        _program.Home.Config = $"[profile prod]\nmfa_serial = {TestHome.Device}\n";

        var loud = await _program.RunAsync("login", "prod", "--token-code", "123456");
        Assert.StartsWith(
            $"warning: '{_program.Home.ConfigPath}', line 2: Profile 'prod' has mfa_serial.", loud.Error, StringComparison.Ordinal);

        (await _program.RunAsync("login", "prod", "--force", "--token-code", "654321", "--quiet")).Gave(string.Empty);
    }

    [Fact]
    public async Task Other_process_that_asks_is_named_and_this_one_asks_too()
    {
        var broker =
            new MfaSts.Sessions.SessionBroker(
                _program.Home.Files, _program.Home.Environment, () => _program.Sts, _program.Clock, KeyStores.FileOnly);
        using var lease = broker.BeginAsking(broker.Prepare(new MfaSts.Sessions.SessionRequest { Profile = "prod" }));
        _program.Terminal.WillAnswer(() => "654321");

        var ended = await _program.RunAsync("login", "prod");

        Assert.Contains($"is being asked for by process {Environment.ProcessId}", ended.Error, StringComparison.Ordinal);
        Assert.Single(_program.Terminal.Prompts);
    }

    [Fact]
    public async Task Failure_never_ends_with_exit_code_0_and_leaves_the_file_alone()
    {
        string before = _program.Home.Credentials;

        (await _program.RunAsync("login", "absent", "--token-code", "123456")).Failed(ExitCodes.Of(MfaErrorId.LongTermCredentialNotFound));
        _program.Sts.Failure = MfaErrors.TokenCodeRejected("prod", TestHome.Device, "invalid MFA one time pass code");
        (await _program.RunAsync("login", "prod", "--token-code", "123456")).Failed(ExitCodes.Of(MfaErrorId.TokenCodeRejected));
        _program.Sts.Failure = MfaErrors.StsUnreachable("prod", "sts.us-east-1.amazonaws.com", "Connection refused", nothingWasSent: true);
        (await _program.RunAsync("login", "prod", "--token-code", "234567")).Failed(ExitCodes.Of(MfaErrorId.StsUnreachable));

        Assert.NotEqual(0, ExitCodes.Of(MfaErrorId.StsUnreachable));
        Assert.Equal(before, _program.Home.Credentials);
    }
}
