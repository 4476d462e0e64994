using MfaSts.Errors;
using MfaSts.Sessions;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Sessions;

public sealed class SessionPlannerTests : IDisposable
{
    private const string China = "arn:aws-cn:iam::123456789012:mfa/alice";

    private readonly ScratchHome _home = new();

    public SessionPlannerTests() => _home.Credentials = ScratchHome.LongTermSection("p");

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Plan_NothingConfigured_TakesTheDefaults()
    {
        var plan = Plan();

        Assert.Equal((ScratchHome.Device, TimeSpan.FromHours(12), null, "p"), (plan.SerialNumber, plan.Duration, plan.Region, plan.Section));
        Assert.Equal(("us-east-1", null, false, null), (plan.Call.Region, plan.Call.EndpointUrl, plan.Call.UseFipsEndpoint, plan.Call.CaBundlePath));
        Assert.Equal((ScratchHome.KeyId, ScratchHome.Secret), (plan.Call.AccessKeyId, plan.Call.SecretAccessKey));
        Assert.Empty(plan.Warnings);
        Assert.DoesNotContain(plan.Details, detail => detail.Contains(ScratchHome.Secret, StringComparison.Ordinal));
    }

    [Fact]
    public void Plan_NoKeys_IsAnError() => AssertRefused(MfaErrorId.LongTermCredentialNotFound, new() { Profile = "q" });

    [Fact]
    public void Plan_Region_IsTheFirstOfParameterVariablesProfileAndSource()
    {
        _home.Config = "[profile p]\nsource_profile = q\n[profile q]\nregion = eu-north-1\n";
        Assert.Equal("eu-north-1", Plan().Region);
        _home.Config = "[profile p]\nregion = eu-west-3\nsource_profile = q\n[profile q]\nregion = eu-north-1\n";
        Assert.Equal("eu-west-3", Plan().Region);
        _home.Variables["AWS_DEFAULT_REGION"] = "eu-west-2";
        Assert.Equal("eu-west-2", Plan().Region);
        _home.Variables["AWS_REGION"] = "eu-west-1";
        Assert.Equal("eu-west-1", Plan().Region);
        Assert.Equal("sa-east-1", Plan(new() { Profile = "p", Region = "sa-east-1" }).Call.Region);
    }

    [Fact]
    public void Plan_VariableOfAnotherPartition_IsPassedOverForThePartitionsDefault()
    {
        _home.Variables["AWS_REGION"] = "eu-west-1";
        var plan = Plan(new() { Profile = "p", SerialNumber = China });

        Assert.Equal((null, "cn-north-1"), (plan.Region, plan.Call.Region));
        _home.Variables["AWS_DEFAULT_REGION"] = "cn-northwest-1";
        Assert.Equal("cn-northwest-1", Plan(new() { Profile = "p", SerialNumber = China }).Region);
    }

    [Fact]
    public void Plan_MeantRegionOfAnotherPartition_IsRefused()
    {
        AssertRefused(MfaErrorId.RegionMismatch, new() { Profile = "p", Region = "cn-north-1" });
        _home.Config = "[profile p]\nregion = us-gov-west-1\n";
        AssertRefused(MfaErrorId.RegionMismatch, new() { Profile = "p" });
        Assert.Equal("eu-west-1", Plan(new() { Profile = "p", Region = "eu-west-1" }).Region);
    }

    [Fact]
    public void Plan_HardwareDevice_TakesAnyRegion() =>
        Assert.Equal("cn-north-1", Plan(new() { Profile = "p", SerialNumber = "GAHT12345678", Region = "cn-north-1" }).Call.Region);

    [Fact]
    public void Plan_RegionThatIsNone_IsRefusedAndACommentIsPointedAt()
    {
        _home.Config = "[profile p]\nregion = eu-west-1 # home\n";

        Assert.Contains("line of its own", AssertRefused(MfaErrorId.RegionMismatch, new() { Profile = "p" }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_Endpoint_TheMoreSpecialComesFirstAndVariablesBeforeFiles()
    {
        _home.Config = "[profile p]\nendpoint_url = http://profile\n";
        Assert.Equal("http://profile/", Endpoint());
        _home.Config = "[profile p]\nendpoint_url = http://profile\nservices = s\n[services s]\nsts =\n  endpoint_url = http://service\n";
        Assert.Equal("http://service/", Endpoint());
        _home.Variables["AWS_ENDPOINT_URL"] = "http://variable";
        Assert.Equal("http://variable/", Endpoint());
        _home.Variables["AWS_ENDPOINT_URL_STS"] = "https://sts-variable";
        Assert.Equal("https://sts-variable/", Endpoint());
        _home.Variables["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true";
        Assert.Null(Endpoint());
        _home.Variables.Clear();
        _home.Config = "[profile p]\nendpoint_url = http://profile\nignore_configured_endpoint_urls = true\n";
        Assert.Null(Endpoint());
    }

    [Theory]
    [InlineData("not a url")]
    [InlineData("ftp://x")]
    [InlineData("/path")]
    [InlineData("https://user:word@x")]
    public void Plan_EndpointThatIsNone_IsRefused(string url)
    {
        _home.Variables["AWS_ENDPOINT_URL"] = url;

        AssertRefused(MfaErrorId.StsUnreachable, new() { Profile = "p" });
    }

    [Fact]
    public void Plan_FipsAndCaBundle_ComeFromVariableThenProfile()
    {
        _home.Config = "[profile p]\nuse_fips_endpoint = true\nca_bundle = /profile.pem\n";
        Assert.Equal((true, "/profile.pem"), (Plan().Call.UseFipsEndpoint, Plan().Call.CaBundlePath));
        _home.Variables["AWS_USE_FIPS_ENDPOINT"] = "false";
        _home.Variables["AWS_CA_BUNDLE"] = "/variable.pem";
        Assert.Equal((false, "/variable.pem"), (Plan().Call.UseFipsEndpoint, Plan().Call.CaBundlePath));
        _home.Variables["AWS_USE_FIPS_ENDPOINT"] = "true";
        _home.Variables["AWS_ENDPOINT_URL"] = "http://x";
        Assert.False(Plan().Call.UseFipsEndpoint);
    }

    [Fact]
    public void Plan_Duration_IsTheFirstOfParameterVariableAndProfile()
    {
        _home.Config = "[profile p]\nduration_seconds = 7200\n";
        Assert.Equal(TimeSpan.FromHours(2), Plan().Duration);
        _home.Variables["MFA_STS_DURATION"] = "3h";
        Assert.Equal(TimeSpan.FromHours(3), Plan().Duration);
        Assert.Equal(TimeSpan.FromHours(4), Plan(new() { Profile = "p", Duration = TimeSpan.FromHours(4) }).Duration);
        _home.Variables["MFA_STS_DURATION"] = "soon";
        AssertRefused(MfaErrorId.DurationOutOfRange, new() { Profile = "p" });
    }

    [Theory]
    [InlineData(899)]
    [InlineData(899.9)]
    [InlineData(129600.5)]
    [InlineData(129601)]
    public void Plan_DurationOutOfRange_IsRefusedWithTheRange(double seconds)
    {
        var error = AssertRefused(MfaErrorId.DurationOutOfRange, new() { Profile = "p", Duration = TimeSpan.FromSeconds(seconds) });

        Assert.Contains("900 to 129600", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(900, 900)]
    [InlineData(900.7, 900)]
    [InlineData(129600, 129600)]
    public void Plan_DurationInRange_IsWholeSeconds(double seconds, int whole) =>
        Assert.Equal(whole, Plan(new() { Profile = "p", Duration = TimeSpan.FromSeconds(seconds) }).Duration.TotalSeconds);

    [Fact]
    public void Plan_Device_IsTheFirstOfParameterLayoutProfileAndVariable()
    {
        _home.Credentials = $"[p-long-term]\naws_access_key_id = {ScratchHome.KeyId}\naws_secret_access_key = {ScratchHome.Secret}\n";
        AssertRefused(MfaErrorId.SerialNumberMissing, new() { Profile = "p" });
        _home.Variables["MFA_DEVICE"] = "GAHT00000004";
        Assert.Equal("GAHT00000004", Plan().SerialNumber);
        _home.Config = "[profile p]\nmfa_serial = GAHT00000003\n";
        Assert.Equal("GAHT00000003", Plan().SerialNumber);
        _home.Credentials += "aws_mfa_device = GAHT00000002\n";
        Assert.Equal("GAHT00000002", Plan().SerialNumber);
        Assert.Equal("GAHT00000001", Plan(new() { Profile = "p", SerialNumber = "GAHT00000001" }).SerialNumber);
        AssertRefused(MfaErrorId.SerialNumberInvalid, new() { Profile = "p", SerialNumber = "arn:aws:iam::123456789012:user/alice" });
    }

    [Fact]
    public void Plan_KeysThatHideTheSession_AreWarnedAboutWithTheCommand()
    {
        _home.Config = $"[profile p]\nmfa_serial = {ScratchHome.Device}\nexternal_id = x\n";
        var warnings = Plan().Warnings;

        Assert.Equal(2, warnings.Count);
        Assert.Contains($"Set-MfaLongTermCredential -Profile p -SerialNumber {ScratchHome.Device}", warnings[0], StringComparison.Ordinal);
        Assert.Contains(_home.ConfigPath, warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_SpareSectionAndOpenFile_AreWarnedAbout()
    {
        Machine.NeedsUnix();
        _home.Config = "[profile p]\ncredential_process = x\n";
        Unix.SetMode(_home.CredentialsPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        var warnings = Plan().Warnings;

        Assert.Contains("'p-sts'", warnings[0], StringComparison.Ordinal);
        Assert.Contains("chmod 600", warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_FileThatTheAwsCliCannotRead_IsWarnedAbout()
    {
        _home.Credentials = "\ufeff" + ScratchHome.LongTermSection("p");

        Assert.Contains("byte order mark", Assert.Single(Plan().Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_NewSectionOfAnOddName_IsRefused()
    {
        _home.Credentials = ScratchHome.LongTermSection("a b");

        AssertRefused(MfaErrorId.ProfileNameInvalid, new() { Profile = "a b" });
        _home.Credentials = ScratchHome.LongTermSection("a b") + "[a b]\nregion = x\n";
        Assert.Equal("a b", Plan(new() { Profile = "a b" }).Section);
    }

    private string? Endpoint() => Plan().Call.EndpointUrl?.ToString();

    private SessionPlan Plan(SessionRequest? request = null) =>
        new SessionPlanner(_home.Files, _home.Environment, new TestClock()).Plan(request ?? new() { Profile = "p" });

    private MfaError AssertRefused(MfaErrorId id, SessionRequest request)
    {
        var error = Assert.Throws<MfaException>(() => Plan(request)).Error;
        Assert.Equal((id, request.Profile), (error.Id, error.Target));
        return error;
    }
}
