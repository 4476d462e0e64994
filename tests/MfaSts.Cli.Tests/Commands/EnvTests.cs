using MfaSts.Cli.Tests.Support;

namespace MfaSts.Cli.Tests.Commands;

public sealed class EnvTests : IDisposable
{
    private readonly ProgramUnderTest _program = new();

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("bash", "unset {0};\n", "export {0}='{1}';\n")]
    [InlineData("fish", "set -e {0};\n", "set -gx {0} '{1}';\n")]
    [InlineData("powershell", "Remove-Item Env:\\{0} -ErrorAction Ignore;\n", "$Env:{0} = '{1}';\n")]
    [InlineData("cmd", "set \"{0}=\"\r\n", "set \"{0}={1}\"\r\n")]
    [InlineData("dotenv", "", "{0}={1}\n")]
    public async Task Session_is_written_for_the_shell_behind_what_would_hide_it(string format, string unset, string set)
    {
        var expiration = _program.Store(TimeSpan.FromHours(1));
        _program.Home.Config = "[profile prod]\nregion = eu-west-3\n";
        string expected = string.Concat(
            ((string[])["AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SECURITY_TOKEN", "AWS_ACCOUNT_ID", "AWS_CREDENTIAL_SCOPE"])
                .Select(name => string.Format(null, unset, name))
                .Concat(Values(expiration).Select(value => string.Format(null, set, value.Name, value.Value))));

        (await _program.RunAsync("env", "prod", "--format", format)).Gave(expected);
        if (format == "bash")
        {
            (await _program.RunAsync("env", "prod")).Gave(expected);
        }
    }

    [Fact]
    public async Task Session_is_written_as_json()
    {
        var expiration = _program.Store(TimeSpan.FromHours(1));
        _program.Home.Config = "[profile prod]\nregion = eu-west-3\n";

        (await _program.RunAsync("env", "prod", "--format", "json"))
            .Gave("{\n" + string.Join(",\n", Values(expiration).Select(value => $"  \"{value.Name}\": \"{value.Value}\"")) + "\n}\n");
    }

    [Fact]
    public async Task Session_is_written_as_sts_answers_one()
    {
        var expiration = _program.Store(TimeSpan.FromHours(1));

        (await _program.RunAsync("env", "prod", "--format", "sts")).Gave(
            $$"""
            {
                "Credentials": {
                    "AccessKeyId": "ASIASTORED0000000001",
                    "SecretAccessKey": "{{TestHome.SessionSecret}}",
                    "SessionToken": "{{TestHome.SessionToken}}",
                    "Expiration": "{{TestHome.Text(expiration)}}"
                }
            }

            """);
    }

    [Fact]
    public async Task Unset_has_no_form_of_sts()
    {
        var ended = await _program.RunAsync("env", "--unset", "--format", "sts");

        Assert.Equal((2, string.Empty), (ended.ExitCode, ended.Output));
    }

    [Fact]
    public async Task Without_a_region_none_is_set()
    {
        _program.Store(TimeSpan.FromHours(1));

        Assert.DoesNotContain("REGION", (await _program.RunAsync("env", "prod")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash", "unset {0};\n")]
    [InlineData("fish", "set -e {0};\n")]
    [InlineData("powershell", "Remove-Item Env:\\{0} -ErrorAction Ignore;\n")]
    [InlineData("cmd", "set \"{0}=\"\r\n")]
    [InlineData("dotenv", "")]
    public async Task Unset_takes_away_what_a_session_sets_and_needs_no_session(string format, string unset)
    {
        string[] names =
        [
            "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CREDENTIAL_EXPIRATION", "MFASTS_PROFILE",
            "AWSU_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION",
        ];

        (await _program.RunAsync("env", "--unset", "--format", format))
            .Gave(string.Concat(names.Select(name => string.Format(null, unset, name))));
    }

    [Fact]
    public async Task Unset_in_json_is_null()
    {
        var ended = await _program.RunAsync("env", "--unset", "--format", "json");

        Assert.StartsWith("{\n  \"AWS_ACCESS_KEY_ID\": null,\n", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_session_is_renewed_first()
    {
        _program.Store(TimeSpan.Zero);
        _program.Terminal.WillAnswer(() => "123456");

        Assert.Contains(
            "AWS_ACCESS_KEY_ID='ASIANEW0000000000001'", (await _program.RunAsync("env", "prod")).Output, StringComparison.Ordinal);
    }

    private static (string Name, string Value)[] Values(DateTimeOffset expiration) =>
    [
        ("AWS_ACCESS_KEY_ID", "ASIASTORED0000000001"),
        ("AWS_SECRET_ACCESS_KEY", TestHome.SessionSecret),
        ("AWS_SESSION_TOKEN", TestHome.SessionToken),
        ("AWS_CREDENTIAL_EXPIRATION", TestHome.Text(expiration)),
        ("MFASTS_PROFILE", "prod"),
        ("AWSU_PROFILE", "prod"),
        ("AWS_REGION", "eu-west-3"),
        ("AWS_DEFAULT_REGION", "eu-west-3"),
    ];
}
