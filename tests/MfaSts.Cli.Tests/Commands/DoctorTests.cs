using MfaSts.Cli.Tests.Support;

namespace MfaSts.Cli.Tests.Commands;

public sealed class DoctorTests : IDisposable
{
    private const string Role = "[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = prod\n";
    private const string Serial = "mfa_serial = arn:aws:iam::123456789012:mfa/alice\n";

    private readonly ProgramUnderTest _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Healthy_home_is_0_and_said_so()
    {
        Lay(Role);

        Assert.Equal(new Ended(0, string.Empty, "Nothing was found.\n"), await _program.RunAsync("doctor"));
        Assert.Equal(new Ended(0, string.Empty, string.Empty), await _program.RunAsync("doctor", "admin", "--quiet"));
        Assert.Equal(new Ended(0, "[]\n", "Nothing was found.\n"), await _program.RunAsync("doctor", "--json"));
    }

    [Fact]
    public async Task Finding_is_1_and_told_with_line_and_the_programs_remedy()
    {
        Lay(Role + Serial);

        var ended = await _program.RunAsync("doctor");

        Assert.Equal(
            new Ended(
                1,
                $"admin: MfaSerialAsksAgain\n  '{_program.Home.ConfigPath}', line 4\n"
                    + "  Profile 'admin' has mfa_serial, and its role is taken with the MFA session of profile 'prod'.\n"
                    + "  The AWS CLI and boto3 ask for another code; the AWS SDKs for JavaScript, .NET and Go fail.\n"
                    + "  Repair it with: mfasts doctor --fix admin\n",
                "1 finding. 'mfasts doctor --fix' can repair 1.\n"),
            ended);
        Assert.Equal(0, (await _program.RunAsync("doctor", "prod")).ExitCode);
        Assert.Equal(new Ended(1, string.Empty, string.Empty), await _program.RunAsync("doctor", "--quiet"));
    }

    [Fact]
    public async Task Finding_in_json_has_all_of_it()
    {
        Lay(Role + Serial);

        var ended = await _program.RunAsync("doctor", "admin", "--json");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("\"Id\": \"MfaSerialAsksAgain\"", ended.Output, StringComparison.Ordinal);
        Assert.Contains("\"Line\": 4", ended.Output, StringComparison.Ordinal);
        Assert.Contains("\"Repair\": \"Remove mfa_serial from [profile admin]\"", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fix_asks_and_changes_only_on_yes()
    {
        Lay(Role + Serial + "# mine\n");
        _program.Terminal.WillAnswer("", "n", "y");

        Assert.Equal(1, (await _program.RunAsync("doctor", "--fix")).ExitCode);
        Assert.Equal(1, (await _program.RunAsync("doctor", "--fix")).ExitCode);
        Assert.Equal(Role + Serial + "# mine\n", _program.Home.Config);
        var ended = await _program.RunAsync("doctor", "--fix", "admin");

        Assert.Equal(
            new Ended(
                0,
                string.Empty,
                $"Done: Remove mfa_serial from [profile admin] ('{_program.Home.ConfigPath}', line 4).\nNothing was found.\n"),
            ended);
        Assert.Equal(Role + "# mine\n", _program.Home.Config);
        Assert.All(_program.Terminal.Prompts, prompt => Assert.EndsWith("line 4)? [y/N] ", prompt, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fix_where_nobody_can_be_asked_needs_yes()
    {
        Lay(Role + Serial);

        var ended = await _program.RunAsync("doctor", "--fix");

        Assert.Equal(32, ended.ExitCode);
        Assert.Contains("give --yes", ended.Error, StringComparison.Ordinal);
        Assert.Equal(Role + Serial, _program.Home.Config);

        Assert.Equal(0, (await _program.RunAsync("doctor", "--fix", "--yes")).ExitCode);
        Assert.Equal(Role, _program.Home.Config);
    }

    [Fact]
    public async Task Fix_leaves_what_a_person_must_decide_and_is_1()
    {
        Lay("[profile prod]\nexternal_id = x\n");

        var ended = await _program.RunAsync("doctor", "--fix", "--yes");

        Assert.Equal((1, "1 finding.\n"), (ended.ExitCode, ended.Error));
        Assert.Contains("RoleSettingHidesSession", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Profile_that_no_file_knows_is_an_error()
    {
        Lay(Role);

        var ended = await _program.RunAsync("doctor", "prdo");

        Assert.Equal(10, ended.ExitCode);
        Assert.Contains("Did you mean 'prod'?", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Yes_without_fix_is_a_wrong_command_line() =>
        Assert.Equal(2, (await _program.RunAsync("doctor", "--yes")).ExitCode);

    // Written at the time of the test's clock, which stands in the past.
    private void Lay(string config)
    {
        _program.Home.Credentials = TestHome.LongTerm("prod");
        _program.Home.Config = config;
        foreach (string file in (string[])[_program.Home.CredentialsPath, _program.Home.ConfigPath])
        {
            File.SetLastWriteTimeUtc(file, _program.Clock.GetUtcNow().UtcDateTime);
        }
    }
}
