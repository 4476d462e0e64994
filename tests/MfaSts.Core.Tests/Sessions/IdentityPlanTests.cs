using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Sessions;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Sessions;

/// <summary>With which keys and where AWS is asked whose they are.</summary>
public sealed class IdentityPlanTests : IDisposable
{
    private const string China = "arn:aws-cn:iam::123456789012:mfa/alice";

    private readonly ScratchHome _home = new();

    private SessionPlanner Planner => new(_home.Files, _home.Environment, TimeProvider.System);

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData(null, null, null, "us-east-1")]
    [InlineData(null, China, null, "cn-north-1")]
    [InlineData("cn-northwest-1", China, null, "cn-northwest-1")]
    [InlineData("eu-west-1", null, "eu-west-3", "eu-west-1")]
    [InlineData(null, null, "eu-west-3", "eu-west-3")]
    public void PlanIdentity_KeysYetToBeStored_TheirOwnSettingsComeFirst(
        string? region, string? serial, string? configured, string expected)
    {
        _home.Config = configured is null ? string.Empty : $"[profile p]\nregion = {configured}\n";

        var call = Planner.PlanIdentity(Change(region, serial));

        Assert.Equal(
            (ScratchHome.KeyId, ScratchHome.Secret, null, expected),
            (call.AccessKeyId, call.SecretAccessKey, call.SessionToken, call.Region));
        Assert.False(File.Exists(_home.CredentialsPath));
    }

    [Fact]
    public void PlanIdentity_KeysYetToBeStored_TheProfilesDeviceAndEndpointCount()
    {
        _home.Credentials =
            $"[p-long-term]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = {ScratchHome.Secret}2\naws_mfa_device = "
                + $"{China}\n";
        _home.Config = "[profile p]\nendpoint_url = http://127.0.0.1:5000\n";

        var call = Planner.PlanIdentity(Change(null, null));

        Assert.Equal((ScratchHome.KeyId, "cn-north-1", 5000), (call.AccessKeyId, call.Region, call.EndpointUrl!.Port));
    }

    [Fact]
    public void PlanIdentity_KeysThatAreNone_AreRefused()
    {
        var change = new LongTermCredentialChange { Profile = "p", AccessKeyId = "short", SecretAccessKey = ScratchHome.Secret };

        Assert.Equal(MfaErrorId.AccessKeyMalformed, Assert.Throws<MfaException>(() => Planner.PlanIdentity(change)).Error.Id);
    }

    [Fact]
    public void PlanIdentity_Session_CarriesItsToken()
    {
        var session = new MfaSession(TimeProvider.System)
        {
            Profile = "p",
            AccessKeyId = "ASIAIOSFODNN7EXAMPLE",
            SecretAccessKey = "secret",
            SessionToken = "token",
            Expiration = DateTimeOffset.MaxValue,
            SerialNumber = China,
            Section = "p",
            Origin = SessionOrigin.Store,
        };

        var call = Planner.PlanIdentity(session);

        Assert.Equal(
            ("ASIAIOSFODNN7EXAMPLE", "secret", "token", "cn-north-1"),
            (call.AccessKeyId, call.SecretAccessKey, call.SessionToken, call.Region));
    }

    [Theory]
    [InlineData(
        "aws_mfa_device = arn:aws-cn:iam::123456789012:mfa/alice",
        "",
        "MFA device 'arn:aws-cn:iam::123456789012:mfa/alice' from [p-long-term].",
        "cn-north-1 from the partition's default")]
    [InlineData(
        "",
        "mfa_serial = arn:aws-cn:iam::123456789012:mfa/alice",
        "MFA device 'arn:aws-cn:iam::123456789012:mfa/alice' from mfa_serial.",
        "cn-north-1 from the partition's default")]
    [InlineData(
        "", "region = eu-west-3", "No MFA device is stored; MfaSts asks AWS for it when it gets a session.", "eu-west-3 from [profile p]")]
    public void PlanIdentity_StoredKeys_TellsWhatIsUsedAndWhy(string beside, string configured, string device, string region)
    {
        _home.Credentials =
            $"[p-long-term]\naws_access_key_id = {ScratchHome.KeyId}\naws_secret_access_key = {ScratchHome.Secret}\n{beside}\n";
        _home.Config = $"[profile p]\nendpoint_url = http://127.0.0.1:5000\n{configured}\n";

        var plan = Planner.PlanIdentity("p", region: null);

        Assert.Equal(
            [
                $"Long-term key {ScratchHome.KeyId} from [p-long-term] in '{_home.CredentialsPath}'.",
                device,
                $"Region {region}; endpoint http://127.0.0.1:5000/ from endpoint_url of profile 'p'.",
            ],
            plan.Details);
        Assert.Equal(ScratchHome.KeyId, plan.Call.AccessKeyId);
    }

    private static LongTermCredentialChange Change(string? region, string? serial) => new()
    {
        Profile = "p",
        AccessKeyId = ScratchHome.KeyId,
        SecretAccessKey = ScratchHome.Secret,
        Region = region,
        SerialNumber = serial,
    };
}
