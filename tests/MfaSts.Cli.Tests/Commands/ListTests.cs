using System.Globalization;
using MfaSts.Cli.Tests.Support;

namespace MfaSts.Cli.Tests.Commands;

public sealed class ListTests : IDisposable
{
    private readonly ProgramUnderTest _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Sessions_are_a_table_for_people()
    {
        var now = StoreThree();

        (await _program.RunAsync("list")).Gave(
            "PROFILE  ACCOUNT       STATE    REMAINING  EXPIRES              SECTION\n"
            + $"prod     123456789012  Usable   1h 30m     {Local(now.AddMinutes(90))}  prod\n"
            + $"old      -             Expired  0s         {Local(now.AddHours(-1))}  old-sts\n"
            + "foreign  -             Unknown  -          -                    foreign\n");
    }

    [Fact]
    public async Task Sessions_are_json_for_programs()
    {
        var now = StoreThree();
        _program.Home.Variables["AWS_ACCESS_KEY_ID"] = "ASIAOLD";

        (await _program.RunAsync("list", "--json")).Gave($$"""
            [
              {
                "Profile": "prod",
                "AccountId": "123456789012",
                "State": "Usable",
                "RemainingSeconds": 5400,
                "Expiration": "{{TestHome.Text(now.AddMinutes(90))}}",
                "AccessKeyId": "ASIASTORED0000000001",
                "Section": "prod",
                "IsActive": false
              },
              {
                "Profile": "old",
                "AccountId": null,
                "State": "Expired",
                "RemainingSeconds": 0,
                "Expiration": "{{TestHome.Text(now.AddHours(-1))}}",
                "AccessKeyId": "ASIAOLD",
                "Section": "old-sts",
                "IsActive": true
              },
              {
                "Profile": "foreign",
                "AccountId": null,
                "State": "Unknown",
                "AccessKeyId": "ASIAFOREIGN",
                "Section": "foreign",
                "IsActive": false
              }
            ]

            """);
    }

    [Fact]
    public async Task Without_sessions_the_list_is_empty()
    {
        (await _program.RunAsync("list", "--json")).Gave("[]\n");
        (await _program.RunAsync("list")).Gave("PROFILE  ACCOUNT  STATE  REMAINING  EXPIRES  SECTION\n");
    }

    private static string Local(DateTimeOffset time) => time.LocalDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private DateTimeOffset StoreThree()
    {
        var now = _program.Clock.GetUtcNow();
        _program.Home.Credentials =
            TestHome.LongTerm("prod") + TestHome.Session("prod", now.AddMinutes(90)) + TestHome.Session(
                "old-sts", now.AddHours(-1), "ASIAOLD")
            + "[foreign]\naws_access_key_id = ASIAFOREIGN\naws_secret_access_key = s\naws_session_token = t\n";
        return now;
    }
}
