using MfaSts.Errors;
using MfaSts.Profiles;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Profiles;

public sealed class MfaProfileTests : IDisposable
{
    private const string LongTermPair = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = secretsecretsecret\n";

    private readonly ScratchHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Setting_InBothFiles_IsTheConfigsAndAnEmptyOneIsAbsent()
    {
        _home.Config = "[profile p]\nregion = from-config\noutput =\n";
        _home.Credentials = "[p]\nregion = from-credentials\noutput = json\nonly_here = 1\n";
        var profile = Read();

        Assert.Equal("from-config", profile.Setting("region"));
        Assert.Equal("json", profile.Setting("output"));
        Assert.Equal("1", profile.Setting("only_here"));
        Assert.Null(profile.Setting("absent"));
    }

    [Fact]
    public void MfaProcess_InCredentials_IsNotTaken()
    {
        _home.Credentials = "[p]\nmfa_process = evil\n";
        Assert.Null(Read().MfaProcess);
        _home.Config = "[profile p]\nmfa_process = good\n";
        Assert.Equal("good", Read().MfaProcess);
    }

    [Theory]
    [InlineData("", "", "p")]
    [InlineData("", "region = x\nmfa_serial = y\n", "p")]
    [InlineData("", "role_arn = arn:aws:iam::1:role/x\n", "p-sts")]
    [InlineData("", "credential_process = x\n", "p-sts")]
    [InlineData("credential_process = x\n", "", "p-sts")]
    [InlineData("", "sso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Dev\n", "p-sts")]
    [InlineData("", "sso_session = corp\n", "p-sts")]
    [InlineData(
        "",
        "sso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1\nsso_account_id = 1\nsso_role_name = Dev\n",
        "p-sts")]
    [InlineData("", "SSO_Account_Id = 123456789012\n", "p-sts")]
    [InlineData("", "web_identity_token_file = /t\n", "p-sts")]
    [InlineData("", "login_session = arn:aws:iam::123456789012:user/alice\n", "p-sts")]
    [InlineData("", "ssooo = x\nlogin = y\n", "p")]
    [InlineData(LongTermPair, "", "p-sts")]
    [InlineData(LongTermPair + "aws_session_token = stale\n", "", "p-sts")]
    [InlineData(LongTermPair + "expiration = 2020-01-01 00:00:00\n", "", "p-sts")]
    [InlineData("aws_access_key_id = ASIAX\naws_secret_access_key = s\naws_session_token = t\n", "", "p")]
    public void SessionSection_Profile_IsItsOwnOrTheSpareOne(string credentials, string config, string section)
    {
        _home.Credentials = "[p]\n" + credentials;
        _home.Config = "[profile p]\n" + config;

        Assert.Equal(section, Read().SessionSection);
    }

    [Theory]
    [InlineData("mfa_serial = x\n", "mfa_serial")]
    [InlineData("source_profile = x\nexternal_id = y\n", "source_profile external_id")]
    [InlineData("role_session_name = x\ncredential_source = y\n", "role_session_name credential_source")]
    [InlineData("role_arn = x\nmfa_serial = y\n", "")]
    [InlineData("region = x\nduration_seconds = 900\nmfa_process = y\n", "")]
    public void KeysThatHideSession_Config_AreThoseThatDotNetStumblesOver(string config, string keys)
    {
        _home.Config = "[profile p]\n" + config;

        Assert.Equal(keys, string.Join(' ', Read().KeysThatHideSession));
    }

    [Fact]
    public void ServiceSetting_ServicesSection_IsRead()
    {
        _home.Config =
            "[profile p]\nservices = local\n[services local]\nsts =\n  endpoint_url = http://localhost:1\ns3 =\n  endpoint_url = "
                + "http://localhost:2\n";

        Assert.Equal("http://localhost:1", Read().ServiceSetting("sts", "endpoint_url"));
        Assert.Null(Read().ServiceSetting("iam", "endpoint_url"));
    }

    [Fact]
    public void Source_SourceProfile_IsThatProfileButNeverItself()
    {
        _home.Config = "[profile p]\nsource_profile = q\n[profile q]\nregion = from-q\nsource_profile = q\n";

        Assert.Equal("from-q", Read().Source()!.Setting("region"));
        Assert.Null(Read().Source()!.Source());
    }

    [Theory]
    [InlineData("3600", 3600)]
    [InlineData("", null)]
    public void Duration_Seconds_AreRead(string text, int? seconds)
    {
        _home.Config = $"[profile p]\nduration_seconds = {text}\n";

        Assert.Equal(seconds, (int?)Read().Duration()?.TotalSeconds);
    }

    [Theory]
    [InlineData("12h")]
    [InlineData("3600 # an hour")]
    [InlineData("-1")]
    public void Duration_NoWholeSeconds_IsRefusedAndTellsWhatHelps(string text)
    {
        _home.Config = $"[profile p]\nduration_seconds = {text}\n";
        var error = Assert.Throws<MfaException>(() => Read().Duration()).Error;

        Assert.Equal(MfaErrorId.DurationOutOfRange, error.Id);
        Assert.Contains(_home.ConfigPath, error.Message, StringComparison.Ordinal);
        Assert.Contains("whole seconds", error.Remedy, StringComparison.Ordinal);
        Assert.Equal(text.Contains('#', StringComparison.Ordinal), error.Message.Contains("line of its own", StringComparison.Ordinal));
    }

    [Fact]
    public void Exists_NamedInEitherFile_IsTrue()
    {
        Assert.False(Read().Exists);
        _home.Config = "[profile p]\n";
        Assert.True(Read().Exists);
        _home.Config = string.Empty;
        _home.Credentials = "[p]\n";
        Assert.True(Read().Exists);
    }

    private MfaProfile Read() => MfaProfile.Read("p", _home.Files);
}
