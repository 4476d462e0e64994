using MfaSts.Cli.Tests.Support;
using MfaSts.Errors;

namespace MfaSts.Cli.Tests.Commands;

public sealed class ConsoleTests : IDisposable
{
    private const string Role = "arn:aws:iam::210987654321:role/Admin";

    private readonly ProgramUnderTest _program = new();

    public ConsoleTests()
    {
        _program.Home.Credentials = TestHome.LongTerm("prod");
        _program.Home.Config = $"[profile admin]\nrole_arn = {Role}\nsource_profile = prod\nregion = eu-central-1\n";
        _program.Terminal.Absence = null;
    }

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Print_writes_the_address_and_nothing_else()
    {
        _program.Terminal.WillAnswer("123456");

        (await _program.RunAsync("console", "admin", "--destination", "s3", "--print")).Gave(
            "https://signin.aws.amazon.com/federation?Action=login&Destination=https%3A%2F%2Feu-central-1.console.aws.amazon.com%2Fs3%2F"
                + "home%3Fregion%3Deu-central-1&SigninToken=signin-token%2B%2F%3D\n");

        var call = Assert.Single(_program.Sts.SignIns);
        Assert.Equal(("ASIAROLE000000000001", "role-token-1"), (call.AccessKeyId, call.SessionToken));
    }

    [Fact]
    public async Task Role_that_no_profile_names_is_taken()
    {
        _program.Terminal.WillAnswer("123456");

        Assert.Equal(0, (await _program.RunAsync("console", "prod", "--role-arn", Role, "--print", "--region", "eu-west-1")).ExitCode);

        Assert.Single(_program.Sts.RoleCalls);
    }

    [Fact]
    public async Task Users_own_session_is_refused_before_anything_is_asked_or_sent()
    {
        var ended = await _program.RunAsync("console", "prod", "--print");

        ended.Failed(ExitCodes.Of(MfaErrorId.ProfileUnsuitable));
        Assert.EndsWith("Use one of its roles: mfasts console admin" + Environment.NewLine, ended.Error, StringComparison.Ordinal);
        Assert.Empty(_program.Terminal.Prompts);
        Assert.Empty(_program.Sts.Calls);
        Assert.Empty(_program.Sts.SignIns);
    }

    [Fact]
    public async Task Without_a_profile_of_a_role_the_option_is_named()
    {
        _program.Home.Config = string.Empty;

        Assert.Contains(
            "mfasts console prod --role-arn <ARN>", (await _program.RunAsync("console", "prod")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_page_is_refused_before_a_code_is_asked_for()
    {
        var ended = await _program.RunAsync("console", "admin", "--destination", "https://evil.example/", "--print");

        ended.Failed(ExitCodes.Of(MfaErrorId.DestinationInvalid));
        Assert.Empty(_program.Terminal.Prompts);
    }

    [Fact]
    public async Task Services_are_completed() =>
        Assert.Contains(
            "secretsmanager\n",
            (await _program.RunAsync("[suggest:39]", "mfasts console admin --destination secre")).Output,
            StringComparison.Ordinal);
}
