using MfaSts.Cli.Tests.Support;
using MfaSts.Errors;

namespace MfaSts.Cli.Tests.Commands;

public sealed class LogoutTests : IDisposable
{
    private readonly ProgramUnderTest _program = new();

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("prod")]
    [InlineData("prod-sts")]
    public async Task Session_goes_and_all_else_stays(string section)
    {
        var now = _program.Clock.GetUtcNow();
        string others = TestHome.LongTerm("prod") + TestHome.Session("other", now.AddHours(1)) + TestHome.Session("prod2", now.AddHours(1))
            + "[prod-dev]\nregion = x\n";
        _program.Home.Credentials = others + TestHome.Session(section, now.AddHours(1));

        (await _program.RunAsync("logout", "prod")).Gave(string.Empty, "The session of profile 'prod' is removed.\n");

        Assert.StartsWith(others, _program.Home.Credentials, StringComparison.Ordinal);
        Assert.DoesNotContain(TestHome.SessionSecret, _program.Home.Credentials[others.Length..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_of_a_profile_whose_name_ends_in_sts_is_not_taken_for_ours()
    {
        string other =
            TestHome.Session("prod-sts", _program.Clock.GetUtcNow().AddHours(1))
                .Replace("manager = mfasts\n", string.Empty, StringComparison.Ordinal);
        _program.Home.Credentials = TestHome.LongTerm("prod") + other;

        (await _program.RunAsync("logout", "prod")).Failed(ExitCodes.Of(MfaErrorId.SessionNotFound));

        Assert.EndsWith(other, _program.Home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_term_keys_in_the_profiles_own_section_stay()
    {
        string keys = $"[prod]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {TestHome.LongTermSecret}\n";
        _program.Home.Credentials = keys + TestHome.Session("prod-sts", _program.Clock.GetUtcNow().AddHours(1));

        Assert.Equal(0, (await _program.RunAsync("logout", "prod")).ExitCode);

        Assert.StartsWith(keys, _program.Home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_session_it_says_so()
    {
        _program.Home.Credentials = TestHome.LongTerm("prod");

        (await _program.RunAsync("logout", "prod")).Failed(ExitCodes.Of(MfaErrorId.SessionNotFound));

        Assert.Equal(TestHome.LongTerm("prod"), _program.Home.Credentials);
    }

    [Fact]
    public async Task Quiet_says_nothing()
    {
        _program.Store(TimeSpan.FromHours(1));

        (await _program.RunAsync("logout", "prod", "--quiet")).Gave(string.Empty);
    }
}
