using MfaSts.Cli.Endpoint;
using MfaSts.Cli.Tests.Support;
using MfaSts.Sessions;

namespace MfaSts.Cli.Tests.Endpoint;

public sealed class ServedEnvironmentTests : IDisposable
{
    private readonly ProgramUnderTest _program = new();

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData(null, null, "127.0.0.1", "127.0.0.1")]
    [InlineData("corp.example", null, "corp.example,127.0.0.1", "corp.example,127.0.0.1")]
    [InlineData(null, ".corp", ".corp,127.0.0.1", ".corp,127.0.0.1")]
    [InlineData("a", "b", "a,127.0.0.1", "b,127.0.0.1")]
    [InlineData("*", "a, 127.0.0.1", "*", "a, 127.0.0.1")]
    public void Proxies_are_kept_away_from_the_endpoint(string? upper, string? lower, string wantedUpper, string wantedLower)
    {
        if (upper is not null)
        {
            _program.Home.Variables["NO_PROXY"] = upper;
        }

        if (lower is not null)
        {
            _program.Home.Variables["no_proxy"] = lower;
        }

        var variables = Variables();

        Assert.Equal((wantedUpper, wantedLower), (variables["NO_PROXY"], variables["no_proxy"]));
    }

    [Fact]
    public void Config_is_the_users_own_and_a_profile_more_that_gives_no_keys()
    {
        _program.Home.Config = "[default]\nregion = us-east-1\n[profile prod]\nregion = eu-central-1";

        var variables = Variables();

        Assert.Equal("mfasts-serve", variables["AWS_PROFILE"]);
        Assert.Equal(
            "[default]\nregion = us-east-1\n[profile prod]\nregion = eu-central-1\n\n[profile mfasts-serve]\nregion = eu-central-1\n",
            File.ReadAllText(variables["AWS_CONFIG_FILE"]));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(variables["AWS_CONFIG_FILE"]));
        }
    }

    [Fact]
    public void Profile_of_that_name_is_left_alone_and_another_is_taken()
    {
        _program.Home.Config = "[profile mfasts-serve]\nregion = us-east-1\n";
        _program.Home.Credentials = "[mfasts-serve-2]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n";

        Assert.Equal("mfasts-serve-3", Variables()["AWS_PROFILE"]);
    }

    [Fact]
    public void Without_a_region_the_profile_is_there_all_the_same()
    {
        var variables = Variables();

        Assert.DoesNotContain("AWS_REGION", variables.Keys);
        Assert.Equal("\n[profile mfasts-serve]\nmfasts_profile = prod\n", File.ReadAllText(variables["AWS_CONFIG_FILE"]));
    }

    [Fact]
    public void File_of_a_process_that_is_gone_is_removed_and_that_of_a_living_one_is_not()
    {
        var first = Make();
        string folder = Path.GetDirectoryName(first.Path)!;
        string left = Path.Combine(folder, $"config-{int.MaxValue}");
        File.WriteAllText(left, string.Empty);
        string living = Path.Combine(folder, "config-1");
        Assert.SkipWhen(File.Exists(living), "process 1 has one");
        File.WriteAllText(living, string.Empty);

        var second = Make();

        Assert.Equal((false, true), (File.Exists(left), File.Exists(living)));
        File.Delete(living);
        second.Remove();
        Assert.False(File.Exists(second.Path));
    }

    private Dictionary<string, string> Variables() =>
        new ServedEnvironment(_program.Home.Environment).For("http://127.0.0.1:1/prod", "token", Session(), Make());

    private PrivateConfig Make() => PrivateConfig.Make(_program.Home.Files, Session());

    private MfaSession Session() => new(_program.Clock)
    {
        Profile = "prod",
        AccessKeyId = "ASIASTORED0000000001",
        SecretAccessKey = "s",
        SessionToken = "t",
        Expiration = _program.Clock.GetUtcNow().AddHours(1),
        Region = _program.Home.Files.Config.Read().Find("profile prod")?["region"],
        Section = "prod",
        Origin = SessionOrigin.Store,
    };
}
