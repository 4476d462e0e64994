using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;
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

        Assert.Equal(
            (ScratchHome.Device, TimeSpan.FromHours(12), null, "p"), (plan.SerialNumber, plan.Duration, plan.Region, plan.Section));
        Assert.Equal(
            ("us-east-1", null, false, null), (plan.Call.Region, plan.Call.EndpointUrl, plan.Call.UseFipsEndpoint, plan.Call.CaBundlePath));
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

        // Whoever is given the session is given a region in which its keys are valid.
        Assert.Equal(("cn-north-1", "cn-north-1"), (plan.Region, plan.Call.Region));
        Assert.Contains(
            plan.Details, detail => detail.Contains("since AWS_REGION names a region of another one", StringComparison.Ordinal));
        _home.Variables["AWS_DEFAULT_REGION"] = "cn-northwest-1";
        Assert.Equal("cn-northwest-1", Plan(new() { Profile = "p", SerialNumber = China }).Region);
    }

    [Theory]
    [InlineData("arn:aws-us-gov:iam::123456789012:mfa/alice", "us-east-1", "", "us-gov-west-1")]
    [InlineData("arn:aws-cn:iam::123456789012:mfa/alice", "eu-west-1", "", "cn-north-1")]
    [InlineData("arn:aws-eusc:iam::123456789012:mfa/alice", "eu-west-1", "", "eusc-de-east-1")]
    [InlineData("arn:aws:iam::123456789012:mfa/alice", "us-gov-west-1", "", "us-east-1")]
    [InlineData("arn:aws:iam::123456789012:mfa/alice", "cn-north-1", "eu-west-3", "eu-west-3")]
    [InlineData("arn:aws-us-gov:iam::123456789012:mfa/alice", "us-east-1", "us-gov-east-1", "us-gov-east-1")]
    [InlineData("GAHT12345678", "us-east-1", "us-gov-east-1", "us-gov-east-1")]
    [InlineData("GAHT12345678", "us-gov-east-1", "eu-west-3", "eu-west-3")]
    [InlineData("GAHT12345678", "eu-west-1", "eu-west-3", "eu-west-1")]
    public void Plan_VariablesOfAnotherPartition_DoNotDecideForWhatTheSessionIsGiven(
        string serial, string variable, string configured, string expected)
    {
        _home.Variables["AWS_REGION"] = _home.Variables["AWS_DEFAULT_REGION"] = variable;
        _home.Config = configured.Length == 0 ? "" : $"[profile p]\nregion = {configured}\n";

        var plan = Plan(new() { Profile = "p", SerialNumber = serial });

        Assert.Equal((expected, expected), (plan.Region, plan.Call.Region));
    }

    [Theory]
    [InlineData("aws_access_key_id = \"AKIAIOSFODNN7EXAMPLE\"", "aws_access_key_id", 2, "a quote (U+0022) as character 1")]
    [InlineData("aws_access_key_id = 'AKIAIOSFODNN7EXAMPLE'", "aws_access_key_id", 2, "a quote (U+0027) as character 1")]
    [InlineData("aws_access_key_id = AKIAIOSFODNN7EXAMPLE # old laptop", "aws_access_key_id", 2, "a blank (U+0020) as character 21")]
    [InlineData("aws_access_key_id = AKIAIOSFODNN7EXAMPLE\u200b", "aws_access_key_id", 2, "U+200B as character 21")]
    [InlineData("aws_access_key_id = \ufeffAKIAIOSFODNN7EXAMPLE", "aws_access_key_id", 2, "a byte order mark (U+FEFF) as character 1")]
    [InlineData("aws_access_key_id = AKIA\u0406OSFODNN7EXAMPLE", "aws_access_key_id", 2, "U+0406 as character 5")]
    [InlineData("aws_access_key_id = AKIAIOS", "aws_access_key_id", 2, "has 7 characters")]
    [InlineData("aws_secret_access_key = \"canarycanarycanary\"", "aws_secret_access_key", 3, "stands in quotes")]
    [InlineData("aws_secret_access_key = canarycanarycanary\u200b", "aws_secret_access_key", 3, "U+200B as character 19")]
    [InlineData("aws_secret_access_key = canarycanarycanary ; new", "aws_secret_access_key", 3, "a blank (U+0020) as character 19")]
    [InlineData("aws_secret_access_key = canary\u00a0canary", "aws_secret_access_key", 3, "U+00A0 as character 7")]
    public void Plan_StoredKeyThatCannotBeOne_IsRefusedWithItsPlaceAndNotTheSecret(string line, string key, int number, string what)
    {
        _home.Credentials =
            string.Join(
                '\n',
                ScratchHome.LongTermSection("p").Split('\n').Select(text => text.StartsWith(key, StringComparison.Ordinal) ? line : text));

        var error = AssertRefused(MfaErrorId.AccessKeyMalformed, new() { Profile = "p" });

        Assert.StartsWith(
            $"{key} of profile 'p' in [p-long-term] of '{_home.CredentialsPath}', line {number} ", error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_ShortKeyForAnEmulator_IsTaken()
    {
        _home.Credentials = "[p-long-term]\naws_access_key_id = test\naws_secret_access_key = test\naws_mfa_device = " + ScratchHome.Device
            + "\n";
        AssertRefused(MfaErrorId.AccessKeyMalformed, new() { Profile = "p" });
        _home.Variables["AWS_ENDPOINT_URL"] = "http://127.0.0.1:4566";

        Assert.Equal("test", Plan().Call.AccessKeyId);
    }

    [Theory]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS=legacy", "eu-west-1", "https://sts.amazonaws.com/", "us-east-1")]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS=Legacy", "us-west-2", "https://sts.amazonaws.com/", "us-east-1")]
    [InlineData("config=legacy", "eu-west-1", "https://sts.amazonaws.com/", "us-east-1")]
    [InlineData("config=legacy;AWS_STS_REGIONAL_ENDPOINTS=regional", "eu-west-1", null, "eu-west-1")]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS=legacy", "eu-south-1", null, "eu-south-1")]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS=legacy", "ap-northeast-2", null, "ap-northeast-2")]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS=legacy;AWS_USE_FIPS_ENDPOINT=true", "us-east-2", null, "us-east-2")]
    [InlineData(
        "AWS_STS_REGIONAL_ENDPOINTS=legacy;AWS_ENDPOINT_URL_STS=https://sts.example/", "eu-west-1", "https://sts.example/", "eu-west-1")]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS=legacy;AWS_USE_DUALSTACK_ENDPOINT=true", "eu-west-1", null, "eu-west-1")]
    [InlineData(
        "AWS_STS_REGIONAL_ENDPOINTS=legacy;AWS_USE_DUALSTACK_ENDPOINT=false", "eu-west-1", "https://sts.amazonaws.com/", "us-east-1")]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS=regional", "eu-west-1", null, "eu-west-1")]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS=", "eu-west-1", null, "eu-west-1")]
    [InlineData("config=LEGACY", "sa-east-1", "https://sts.amazonaws.com/", "us-east-1")]
    [InlineData("AWS_REGION=aws-global", "eu-west-1", "https://sts.amazonaws.com/", "us-east-1", "aws-global")]
    public void Plan_LegacyEndpoint_IsThatOfTheRegionsThatThereWereThen(
        string settings, string region, string? endpoint, string signing, string? used = null)
    {
        foreach (string[] pair in settings.Split(';').Select(setting => setting.Split('=', 2)))
        {
            _home.Variables[pair[0]] = pair[1];
        }

        _home.Config =
            $"[profile p]\nregion = {region}\n" + (
                _home.Variables.Remove("config", out string? value) ? $"sts_regional_endpoints = {value}\n" : string.Empty);
        var plan = Plan();

        Assert.Equal((endpoint, signing), (plan.Call.EndpointUrl?.AbsoluteUri, plan.Call.Region));
        Assert.Equal(used ?? region, plan.Region);
    }

    [Theory]
    [InlineData("AWS_USE_DUALSTACK_ENDPOINT=true", "", true, false)]
    [InlineData("AWS_USE_DUALSTACK_ENDPOINT=TRUE;AWS_USE_FIPS_ENDPOINT=true", "", true, true)]
    [InlineData("", "use_dualstack_endpoint = true\nuse_fips_endpoint = true", true, true)]
    [InlineData("AWS_USE_DUALSTACK_ENDPOINT=false", "use_dualstack_endpoint = true", false, false)]
    [InlineData("AWS_ENDPOINT_URL=https://sts.example/", "use_dualstack_endpoint = true\nuse_fips_endpoint = true", false, false)]
    [InlineData("AWS_USE_DUALSTACK_ENDPOINT=no", "", false, false)]
    public void Plan_EndpointVariants_AreTheVariablesBeforeTheProfiles(string variables, string settings, bool isDualStack, bool isFips)
    {
        foreach (string[] pair in variables.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(setting => setting.Split('=', 2)))
        {
            _home.Variables[pair[0]] = pair[1];
        }

        _home.Config = $"[profile p]\nregion = eu-west-1\n{settings}\n";

        var call = Plan().Call;

        Assert.Equal((isDualStack, isFips), (call.UseDualStackEndpoint, call.UseFipsEndpoint));
    }

    [Theory]
    [InlineData("arn:aws-us-gov:iam::123456789012:mfa/alice", "us-gov-west-1")]
    [InlineData("arn:aws-cn:iam::123456789012:mfa/alice", "cn-north-1")]
    [InlineData("arn:aws-eusc:iam::123456789012:mfa/alice", "eusc-de-east-1")]
    public void Plan_LegacyEndpointInAnotherPartition_IsNotThere(string device, string region)
    {
        _home.Variables["AWS_STS_REGIONAL_ENDPOINTS"] = "legacy";
        _home.Credentials = ScratchHome.LongTermSection("p").Replace(ScratchHome.Device, device, StringComparison.Ordinal);

        var call = Plan().Call;

        Assert.Equal((null, region), (call.EndpointUrl, call.Region));
    }

    [OnUnix]
    [Theory]
    [InlineData("AWS_CA_BUNDLE=/a.pem;REQUESTS_CA_BUNDLE=/b.pem", "", "/a.pem")]
    [InlineData("REQUESTS_CA_BUNDLE=/b.pem", "/c.pem", "/c.pem")]
    [InlineData("REQUESTS_CA_BUNDLE=/b.pem", "", "/b.pem")]
    [InlineData("REQUESTS_CA_BUNDLE=", "", null)]
    public void Plan_CertificateAuthorities_AreTheFirstThatIsNamed(string variables, string configured, string? expected)
    {
        Machine.NeedsUnix();
        foreach (string[] pair in variables.Split(';').Select(setting => setting.Split('=', 2)))
        {
            _home.Variables[pair[0]] = pair[1];
        }

        _home.Config = configured.Length == 0 ? "" : $"[profile p]\nca_bundle = {configured}\n";

        Assert.Equal(expected, Plan().Call.CaBundlePath);
    }

    [Theory]
    [InlineData("AWS_CA_BUNDLE", "~/ca.pem", "{home}/ca.pem")]
    [InlineData("AWS_CA_BUNDLE", "$HOME/ca.pem", "{home}/ca.pem")]
    [InlineData("AWS_CA_BUNDLE", "${HOME}/../ca.pem", "{home}/../ca.pem")]
    [InlineData("AWS_CA_BUNDLE", "ca.pem", "/base/ca.pem")]
    [InlineData("REQUESTS_CA_BUNDLE", "~/ca.pem", "{home}/ca.pem")]
    [InlineData("config", "~/ca.pem", "{home}/ca.pem")]
    [InlineData("config", "ca.pem", "/base/ca.pem")]
    public void Plan_CertificateAuthorities_PathIsReadAsThoseOfTheFiles(string where, string path, string expected)
    {
        Machine.NeedsUnix();
        string home = Path.GetDirectoryName(Path.GetDirectoryName(_home.ConfigPath))!;
        _home.Config = where == "config" ? $"[profile p]\nca_bundle = {path}\n" : string.Empty;
        var variables = new EnvironmentVariables(name => name switch
        {
            "HOME" => home,
            "AWS_SHARED_CREDENTIALS_FILE" => _home.CredentialsPath,
            "AWS_CONFIG_FILE" => _home.ConfigPath,
            _ => name == where ? path : null,
        });

        var planner = new SessionPlanner(AwsFiles.Locate(variables, "/base"), variables, TimeProvider.System);
        var call = planner.Plan(new() { Profile = "p" }).Call;

        Assert.Equal(Path.GetFullPath(expected.Replace("{home}", home, StringComparison.Ordinal)), call.CaBundlePath);
    }

    [Theory]
    [InlineData("[p]", "[p] is no profile there")]
    [InlineData("[Profile p]", "[Profile p] is no profile there")]
    [InlineData("[PROFILE p]", "[PROFILE p] is no profile there")]
    [InlineData("[profile:p]", "[profile:p] is no profile there")]
    [InlineData("[profile-p]", "[profile-p] is no profile there")]
    public void Plan_SectionOfConfigWithoutTheWordProfile_IsRemarked(string header, string what)
    {
        _home.Config = $"{header}\nregion = eu-central-1\n[preview]\nx = y\n[plugins]\nx = y\n[services p]\n[sso-session p]\n";
        string remark = $"'{_home.ConfigPath}', line 1: {what}. What it says does not count. Write [profile p].";

        Assert.Equal([remark], Plan().Warnings);
        Assert.Null(Plan().Region);
        _home.Credentials = ScratchHome.LongTermSection("p").Replace("aws_mfa_device", "other", StringComparison.Ordinal);
        Assert.Contains(remark, AssertRefused(MfaErrorId.SerialNumberMissing, new() { Profile = "p" }).Message, StringComparison.Ordinal);
        _home.Credentials = "";
        Assert.Contains(
            remark, AssertRefused(MfaErrorId.LongTermCredentialNotFound, new() { Profile = "p" }).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aws_session_token = IQoJb3JpZ2luX2VjEXAMPLE\n", "aws_session_token (line 4)")]
    [InlineData(
        "aws_security_token = x\nexpiration = 2030-01-01T00:00:00Z\nmanager = mfasts\n",
        "aws_security_token (line 4), expiration (line 5)")]
    [InlineData(
        "expiration = 2030-01-01T00:00:00Z\nmanager = mfasts\nmfasts_key = ASIAOTHER00000000000 2030-01-01T00:00:00Z\n",
        "expiration (line 4)")]
    public void Plan_LongTermKeysWithAnOldSessionsRest_AreToldAsThat(string rest, string what)
    {
        _home.Credentials = $"[p]\naws_access_key_id = {ScratchHome.KeyId}\naws_secret_access_key = {ScratchHome.Secret}\n{rest}";
        string before = _home.Credentials;

        var error = AssertRefused(MfaErrorId.AccessKeyMalformed, new() { Profile = "p", SerialNumber = ScratchHome.Device });

        Assert.StartsWith(
            $"[p] in '{_home.CredentialsPath}' has the ID of a long-term access key", error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("holds one", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, _home.Credentials);
    }

    [Fact]
    public void Plan_KeysInConfig_AreTheProfilesAndTheirSessionGoesToItsSection()
    {
        _home.Credentials = "";
        _home.Config =
            $"[profile p]\naws_access_key_id = {ScratchHome.KeyId}\naws_secret_access_key = {ScratchHome.Secret}\nmfa_serial = "
                + $"{ScratchHome.Device}\n";
        var plan = Plan();

        Assert.Equal((ScratchHome.KeyId, ScratchHome.Device, "p"), (plan.Credential.AccessKeyId, plan.SerialNumber, plan.Section));
        Assert.Contains(plan.Details, detail => detail.Contains($"from [profile p] in '{_home.ConfigPath}'", StringComparison.Ordinal));
        Assert.Equal("p", Assert.Single(_home.LongTerm.List()).Profile);
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

        Assert.Contains(
            "line of its own", AssertRefused(MfaErrorId.RegionMismatch, new() { Profile = "p" }).Message, StringComparison.Ordinal);
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

    [OnUnix]
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
