using MfaSts.Cli.Tests.Support;
using MfaSts.Errors;

namespace MfaSts.Cli.Tests.Commands;

public sealed class ReadTests : IDisposable
{
    private readonly ProgramUnderTest _program = new();

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("aws_access_key_id", "ASIASTORED0000000001")]
    [InlineData("aws_secret_access_key", TestHome.SessionSecret)]
    [InlineData("aws_session_token", TestHome.SessionToken)]
    [InlineData("region", "eu-west-3")]
    [InlineData("account_id", "123456789012")]
    public async Task Value_is_written_without_a_newline(string key, string value)
    {
        _program.Store(TimeSpan.FromHours(1));
        _program.Home.Config = "[profile prod]\nregion = eu-west-3\n";

        (await _program.RunAsync("read", key, "prod")).Gave(value);
    }

    [Fact]
    public async Task Expiration_is_in_utc()
    {
        var expiration = _program.Store(TimeSpan.FromHours(1));

        (await _program.RunAsync("read", "expiration", "prod")).Gave(TestHome.Text(expiration));
    }

    [Fact]
    public async Task Value_that_there_is_not_is_an_error()
    {
        _program.Store(TimeSpan.FromHours(1));

        var ended = await _program.RunAsync("read", "region", "prod");

        ended.Failed(ExitCodes.Of(MfaErrorId.InputRequired));
        Assert.Contains("region is needed for profile 'prod'", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expired_session_is_renewed_first()
    {
        _program.ConfigureCodeCommand();
        _program.Store(TimeSpan.FromMinutes(5));

        (await _program.RunAsync("read", "aws_access_key_id", "prod")).Gave("ASIANEW0000000000001");
    }
}
