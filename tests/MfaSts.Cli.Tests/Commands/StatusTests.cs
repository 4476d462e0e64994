using MfaSts.Cli.Tests.Support;

namespace MfaSts.Cli.Tests.Commands;

public sealed class StatusTests : IDisposable
{
    private readonly ProgramUnderTest _program = new();

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData(301, 0, "Usable")]
    [InlineData(300, 1, "Expiring")]
    [InlineData(0, 1, "Expired")]
    public async Task Exit_code_tells_whether_the_session_is_usable(int remaining, int exitCode, string state)
    {
        _program.Store(TimeSpan.FromSeconds(remaining));

        var ended = await _program.RunAsync("status", "prod");

        Assert.Equal((exitCode, string.Empty), (ended.ExitCode, ended.Error));
        Assert.Contains($"  {state} ", ended.Output.Split('\n')[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_profile_that_was_named_is_told_of()
    {
        var expiration = _program.Clock.GetUtcNow().AddHours(1);
        _program.Home.Credentials = TestHome.Session("other", expiration, "ASIAOTHER") + TestHome.Session("prod", expiration);

        var ended = await _program.RunAsync("status", "prod", "--json");

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("\"AccessKeyId\": \"ASIASTORED0000000001\"", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ASIAOTHER", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_session_is_said_and_is_1()
    {
        var ended = await _program.RunAsync("status", "prod");

        Assert.Equal(new Ended(1, string.Empty, "No session is stored for profile 'prod'.\n"), ended);
    }

    [Fact]
    public async Task Mistyped_profile_is_met_with_the_nearest_one()
    {
        _program.Home.Credentials = TestHome.LongTerm("prod");

        var ended = await _program.RunAsync("status", "prdo");

        Assert.Equal(new Ended(1, string.Empty, "No session is stored for profile 'prdo'. Did you mean 'prod'?\n"), ended);
    }

    [Fact]
    public async Task No_session_in_json_is_an_empty_list()
    {
        var ended = await _program.RunAsync("status", "prod", "--json");

        Assert.Equal(new Ended(1, "[]\n", "No session is stored for profile 'prod'.\n"), ended);
    }

    [Fact]
    public async Task Quiet_leaves_only_the_exit_code()
    {
        Assert.Equal(new Ended(1, string.Empty, string.Empty), await _program.RunAsync("status", "prod", "--quiet"));
        _program.Store(TimeSpan.FromHours(1));
        Assert.Equal(new Ended(0, string.Empty, string.Empty), await _program.RunAsync("status", "prod", "--quiet"));
    }
}
