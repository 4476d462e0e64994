using MfaSts.Cli.Tests.Support;
using MfaSts.Errors;
using MfaSts.Sessions;
using MfaSts.Stores;

namespace MfaSts.Cli.Tests.Commands;

/// <summary>A profile for which no MFA device is known.</summary>
public sealed class DeviceTests : IDisposable
{
    private const string Token = "GAHT12345678";
    private const string Passkey = "arn:aws:iam::123456789012:u2f/user/alice/key";
    private const string Keys =
        "[prod-long-term]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = " + TestHome.LongTermSecret + "\n";
    private const string Question = "The user of profile 'prod' has several MFA devices:\n"
        + $"  1  alice ({TestHome.Device})\n  2  {Token}\nNumber of the device (1 to 2): ";

    private static readonly string[] WrongAnswers = ["0", "x", "3"];

    private readonly ProgramUnderTest _program = new();

    public DeviceTests() => _program.Home.Credentials = Keys;

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Only_one_is_taken_and_stored_and_not_asked_for_again()
    {
        _program.Sts.Devices.AddRange([Passkey, TestHome.Device]);

        (await _program.RunAsync("login", "prod", "--token-code", "123456")).Gave(
            string.Empty,
            $"The MFA device of profile 'prod' is now known: alice ({TestHome.Device}).\nThe session of profile 'prod' in [prod] has 12h "
                + "left.\n");
        Assert.Equal(TestHome.Device, _program.Sts.Calls.Single().SerialNumber);
        Assert.StartsWith($"{Keys}aws_mfa_device = {TestHome.Device}\n", _program.Home.Credentials, StringComparison.Ordinal);

        Assert.Equal(0, (await _program.RunAsync("login", "prod", "--force", "--token-code", "654321")).ExitCode);
        Assert.Equal((1, 2), (_program.Sts.DeviceCalls, _program.Sts.Calls.Count));
    }

    [Fact]
    public async Task One_that_is_given_is_not_asked_for()
    {
        Assert.Equal(0, (await _program.RunAsync("login", "prod", "--token-code", "123456", "--serial-number", Token)).ExitCode);

        Assert.Equal(0, _program.Sts.DeviceCalls);
    }

    [Fact]
    public async Task A_usable_session_needs_none()
    {
        _program.Home.Credentials = Keys + TestHome.Session("prod", _program.Clock.GetUtcNow().AddHours(1));

        Assert.Equal(0, (await _program.RunAsync("login", "prod")).ExitCode);

        Assert.Equal(0, _program.Sts.DeviceCalls);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Of_several_the_person_chooses_one_before_the_code(int tries)
    {
        _program.Sts.Devices.AddRange([TestHome.Device, Token]);
        string[] answers = [.. WrongAnswers.Take(tries - 1), " 2", "123456"];
        Array.ForEach(answers, answer => _program.Terminal.WillAnswer(() => answer));

        Assert.Equal(0, (await _program.RunAsync("login", "prod")).ExitCode);

        Assert.Equal(Question, _program.Terminal.Prompts[0]);
        Assert.Equal($"MFA code for profile 'prod' ({Token}): ", _program.Terminal.Prompts[^1]);
        Assert.Equal(tries + 1, _program.Terminal.Prompts.Count);
        Assert.Contains($"aws_mfa_device = {Token}\n", _program.Home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_none_is_taken_when_nobody_answers()
    {
        _program.Sts.Devices.AddRange([TestHome.Device, Token]);
        _program.Terminal.WillAnswer(() => null);

        (await _program.RunAsync("login", "prod")).Failed(ExitCodes.Of(MfaErrorId.SerialNumberAmbiguous));

        Assert.Equal(Keys, _program.Home.Credentials);
    }

    [Fact]
    public async Task Of_several_none_is_taken_after_three_wrong_answers()
    {
        _program.Sts.Devices.AddRange([TestHome.Device, Token]);
        Array.ForEach(WrongAnswers, answer => _program.Terminal.WillAnswer(() => answer));

        (await _program.RunAsync("login", "prod")).Failed(ExitCodes.Of(MfaErrorId.SerialNumberAmbiguous));
        Assert.Equal(3, _program.Terminal.Prompts.Count);
    }

    [Fact]
    public async Task Ctrl_c_at_the_question_stores_nothing()
    {
        _program.Sts.Devices.AddRange([TestHome.Device, Token]);
        _program.Terminal.WillAnswer(() => throw new OperationCanceledException());

        (await _program.RunAsync("login", "prod")).Failed(ExitCodes.Interrupted);

        Assert.Equal(Keys, _program.Home.Credentials);
    }

    [Fact]
    public async Task Several_are_listed_when_nobody_can_be_asked()
    {
        _program.Sts.Devices.AddRange([TestHome.Device, Token]);

        var ended = await _program.RunAsync("login", "prod", "--token-code", "123456");

        ended.Failed(ExitCodes.Of(MfaErrorId.SerialNumberAmbiguous));
        Assert.Contains($"alice ({TestHome.Device}), {Token}", ended.Error, StringComparison.Ordinal);
        Assert.Contains("Give one of them as --serial-number", ended.Error, StringComparison.Ordinal);
        Assert.Empty(_program.Sts.Calls);
        Assert.Equal(Keys, _program.Home.Credentials);
    }

    [Fact]
    public async Task None_that_gives_codes_is_said_with_the_page_to_set_one_up()
    {
        _program.Sts.Devices.Add(Passkey);

        var ended = await _program.RunAsync("login", "prod", "--token-code", "123456");

        ended.Failed(ExitCodes.Of(MfaErrorId.SerialNumberMissing));
        Assert.Contains($"AWS lists only key ({Passkey})", ended.Error, StringComparison.Ordinal);
        Assert.Contains("id_credentials_mfa_enable_virtual.html", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credential_process_that_can_ask_nobody_fails_without_a_call()
    {
        _program.Sts.Devices.Add(TestHome.Device);

        var ended = await _program.RunAsync("credential-process", "prod");

        ended.Failed(ExitCodes.Of(MfaErrorId.SerialNumberMissing));
        Assert.Contains("Or run mfasts login prod in a terminal: it asks AWS for the device.", ended.Error, StringComparison.Ordinal);
        Assert.Equal(0, _program.Sts.DeviceCalls);
    }

    [Fact]
    public async Task Credential_process_that_can_ask_finds_it_first()
    {
        _program.Sts.Devices.Add(TestHome.Device);
        _program.Terminal.WillAnswer(() => "123456");

        Assert.Equal(0, (await _program.RunAsync("credential-process", "prod")).ExitCode);

        Assert.Equal(TestHome.Device, _program.Sts.Calls.Single().SerialNumber);
    }

    [Fact]
    public async Task Credential_process_does_not_ask_which_while_another_process_asks()
    {
        _program.Sts.Devices.AddRange([TestHome.Device, Token]);
        using var lease =
            new SessionBroker(_program.Home.Files, _program.Home.Environment, () => _program.Sts, _program.Clock, KeyStores.FileOnly)
                .BeginAsking("prod");
        _program.Terminal.WillAnswer(() => "1");

        (await _program.RunAsync("credential-process", "prod")).Failed(ExitCodes.Of(MfaErrorId.SerialNumberAmbiguous));

        Assert.Empty(_program.Terminal.Prompts);
    }
}
