using MfaSts.Cli.Tests.Support;
using MfaSts.Errors;

namespace MfaSts.Cli.Tests.Commands;

public sealed class RoleTests : IDisposable
{
    private const string Role = "arn:aws:iam::210987654321:role/Admin";

    private readonly ProgramUnderTest _program = new();

    public RoleTests()
    {
        _program.Home.Credentials = TestHome.LongTerm("prod");
        _program.Home.Config = $"[profile admin]\nrole_arn = {Role}\nsource_profile = prod\n";
        _program.Terminal.Absence = null;
    }

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Login_asks_for_the_sources_code_once()
    {
        _program.Terminal.WillAnswer("123456");

        (await _program.RunAsync("login", "admin")).Gave(string.Empty, "The session of profile 'admin' in [admin-sts] has 1h left.\n");
        (await _program.RunAsync("login", "admin", "--force"))
            .Gave(string.Empty, "The session of profile 'admin' in [admin-sts] has 1h left.\n");

        Assert.Equal(
            $"MFA code for profile 'prod' ({TestHome.Device}), to take the role of profile 'admin': ",
            Assert.Single(_program.Terminal.SecretPrompts));
        Assert.Equal((1, 2), (_program.Sts.Calls.Count, _program.Sts.RoleCalls.Count));
    }

    [Fact]
    public async Task Every_command_takes_a_role_profile()
    {
        _program.Terminal.WillAnswer("123456");
        await _program.RunAsync("login", "admin");

        Assert.Contains(
            "export AWS_ACCESS_KEY_ID='ASIAROLE000000000001'", (await _program.RunAsync("env", "admin")).Output, StringComparison.Ordinal);
        (await _program.RunAsync("read", "account_id", "admin")).Gave("210987654321");
        Assert.Equal(0, (await _program.RunAsync("status", "admin", "-q")).ExitCode);
        Assert.Contains(
            "\"AccessKeyId\":\"ASIAROLE000000000001\"",
            (await _program.RunAsync("credential-process", "admin")).Output,
            StringComparison.Ordinal);
        Assert.Single(_program.Sts.RoleCalls);
    }

    [Fact]
    public async Task List_has_roles_below_their_source()
    {
        _program.Terminal.WillAnswer("123456");
        await _program.RunAsync("login", "admin");

        string[] lines = (await _program.RunAsync("list")).Output.TrimEnd('\n').Split('\n');

        Assert.Matches("^PROFILE +ACCOUNT .* ROLE$", lines[0]);
        Assert.Matches("^prod +123456789012 .* -$", lines[1]);
        Assert.Matches("^  admin +210987654321 .* admin-sts +Admin$", lines[2]);
    }

    [Fact]
    public async Task Logout_of_the_source_takes_its_roles_along_and_says_so()
    {
        _program.Terminal.WillAnswer("123456");
        await _program.RunAsync("login", "admin");

        (await _program.RunAsync("logout", "prod"))
            .Gave(string.Empty, "The session of profile 'prod' is removed. So are those of its roles: admin.\n");

        Assert.DoesNotContain("aws_session_token", _program.Home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credential_process_renews_in_the_last_quarter_and_hands_out_the_old_one_when_that_fails()
    {
        _program.Terminal.WillAnswer("123456");
        await _program.RunAsync("login", "admin");
        _program.Terminal.Absence = "nobody is there";
        _program.Clock.Advance(TimeSpan.FromMinutes(46));
        _program.Sts.RoleFailure = MfaErrors.StsThrottled("admin", "slow down", hasCode: false);

        var first = await _program.RunAsync("credential-process", "admin");
        Assert.Contains("ASIAROLE000000000001", first.Output, StringComparison.Ordinal);
        Assert.StartsWith("warning: The session was not renewed: ", first.Error, StringComparison.Ordinal);
        Assert.Equal(string.Empty, (await _program.RunAsync("credential-process", "admin")).Error);
        Assert.Equal(2, _program.Sts.RoleCalls.Count);

        _program.Sts.RoleFailure = null;
        _program.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Contains("ASIAROLE000000000003", (await _program.RunAsync("credential-process", "admin")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_no_profile_names_is_given_and_not_stored()
    {
        _program.Terminal.WillAnswer("123456");

        var ended = await _program.RunAsync(
            "env", "prod", "--role-arn", Role, "--external-id", "partner", "--tag", "a=b", "--tag", "c=d=e", "--transitive-tag-key", "a",
                "--policy", "{}");

        Assert.Contains("export AWS_ACCESS_KEY_ID='ASIAROLE000000000001'", ended.Output, StringComparison.Ordinal);
        var role = Assert.Single(_program.Sts.RoleCalls).Role.Role;
        Assert.Equal(
            ("partner", "{}", "a=b;c=d=e", "a"),
            (role.ExternalId, role.Policy, string.Join(';', role.Tags.Select(tag => $"{tag.Key}={tag.Value}")),
                Assert.Single(role.TransitiveTagKeys)));
        Assert.DoesNotContain("mfasts_role", _program.Home.Credentials, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--external-id", "x")]
    [InlineData("--tag", "a=b")]
    [InlineData("--policy-arn", "x")]
    public async Task A_companion_alone_is_a_wrong_command_line(params string[] options)
    {
        var ended = await _program.RunAsync(["env", "prod", .. options]);

        Assert.Equal(ExitCodes.Usage, ended.ExitCode);
        Assert.Contains($"{options[0]} needs --role-arn.", ended.Error, StringComparison.Ordinal);
    }
}
