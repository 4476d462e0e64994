using MfaSts.Cli.Tests.Support;
using MfaSts.Errors;

namespace MfaSts.Cli.Tests.Commands;

public sealed class WhoAmITests : IDisposable
{
    private readonly ProgramUnderTest _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Usable_session_is_asked_about()
    {
        _program.Store(TimeSpan.FromSeconds(10));

        (await _program.RunAsync("whoami", "prod"))
            .Gave("Account  123456789012\nArn      arn:aws:iam::123456789012:user/alice\nUserId   AIDACKCEVSQ6C2EXAMPLE\n");

        Assert.Equal(
            ("ASIASTORED0000000001", TestHome.SessionSecret, TestHome.SessionToken, "us-east-1"), _program.Sts.Identified.Single());
    }

    [Fact]
    public async Task Without_one_the_long_term_key_is()
    {
        _program.Store(TimeSpan.FromSeconds(-1));
        _program.Home.Config = "[profile prod]\nregion = eu-west-3\n";

        (await _program.RunAsync("whoami", "prod", "--json")).Gave(
            "{\n  \"UserId\": \"AIDACKCEVSQ6C2EXAMPLE\",\n  \"Account\": \"123456789012\",\n  \"Arn\": "
                + "\"arn:aws:iam::123456789012:user/alice\"\n}\n");

        Assert.Equal(("AKIAIOSFODNN7EXAMPLE", TestHome.LongTermSecret, null, "eu-west-3"), _program.Sts.Identified.Single());
    }

    [Fact]
    public async Task Verbose_says_where_all_comes_from()
    {
        _program.Store(TimeSpan.FromSeconds(-1));

        string told = (await _program.RunAsync("whoami", "prod", "--verbose")).Error;

        Assert.Contains(
            $"Long-term key AKIAIOSFODNN7EXAMPLE from [prod-long-term] in '{_program.Home.CredentialsPath}'.\n",
            told,
            StringComparison.Ordinal);
        Assert.Contains($"MFA device '{TestHome.Device}' from [prod-long-term].\n", told, StringComparison.Ordinal);
        Assert.DoesNotContain(TestHome.LongTermSecret, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_is_asked_about_in_its_devices_partition()
    {
        _program.Store(TimeSpan.FromHours(1));
        _program.Home.Credentials =
            _program.Home.Credentials.Replace(TestHome.Device, "arn:aws-cn:iam::123456789012:mfa/alice", StringComparison.Ordinal);

        Assert.Equal(0, (await _program.RunAsync("whoami", "prod")).ExitCode);

        Assert.Equal("cn-north-1", _program.Sts.Identified.Single().Region);
    }

    [Fact]
    public async Task Profile_without_either_is_told_so() =>
        (await _program.RunAsync("whoami", "absent")).Failed(ExitCodes.Of(MfaErrorId.LongTermCredentialNotFound));

    [Fact]
    public async Task Refusal_of_aws_is_told()
    {
        _program.Store(TimeSpan.FromHours(1));
        _program.Sts.Failure = MfaErrors.SessionRefused("prod", "The security token included in the request is expired");

        (await _program.RunAsync("whoami", "prod")).Failed(ExitCodes.Of(MfaErrorId.SessionExpired));
    }
}
