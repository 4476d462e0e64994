using MfaSts.Errors;
using MfaSts.Roles;

namespace MfaSts.Tests.Roles;

public sealed class RoleSettingTests : IDisposable
{
    private readonly RoleHome _home = new();

    public static TheoryData<string, RoleOptions> Illegal => new()
    {
        { "role ARN", new() { RoleArn = "arn:aws:iam::1:role/x" } },
        { "role ARN", new() { RoleArn = "arn:aws:iam::210987654321:user/x" } },
        { "role ARN", new() { RoleArn = "arn:aws-moon:iam::210987654321:role/x" } },
        { "role ARN", new() { RoleArn = "arn:aws-cn:iam::210987654321:role/x" } },
        { "external ID", new() { RoleArn = RoleHome.Audit, ExternalId = "a" } },
        { "external ID", new() { RoleArn = RoleHome.Audit, ExternalId = "a b" } },
        { "role session name", new() { RoleArn = RoleHome.Audit, RoleSessionName = "a:b" } },
        { "role session name", new() { RoleArn = RoleHome.Audit, RoleSessionName = new string('a', 65) } },
        { "source identity", new() { RoleArn = RoleHome.Audit, SourceIdentity = "aws:x" } },
        { "session tag 'k!'", new() { RoleArn = RoleHome.Audit, Tags = [new("k!", "v")] } },
        { "session tag 'aws:k'", new() { RoleArn = RoleHome.Audit, Tags = [new("aws:k", "v")] } },
        { "session tag 'k'", new() { RoleArn = RoleHome.Audit, Tags = [new("k", new string('v', 257))] } },
        { "session tag 'K'", new() { RoleArn = RoleHome.Audit, Tags = [new("k", "v"), new("K", "v")] } },
        { "session tags", new()
        {
            RoleArn = RoleHome.Audit,
            Tags = [.. Enumerable.Range(0, 51).Select(i => new KeyValuePair<string, string>($"k{i}", "v"))],
        } },
        { "transitive tag key 'x'", new() { RoleArn = RoleHome.Audit, TransitiveTagKeys = ["x"] } },
        { "session policy", new() { RoleArn = RoleHome.Audit, Policy = "no json" } },
        { "session policy", new() { RoleArn = RoleHome.Audit, Policy = "[]" } },
        { "session policy", new() { RoleArn = RoleHome.Audit, Policy = $"{{\"x\":\"{new string('x', 2048)}\"}}" } },
        { "session policy", new() { RoleArn = RoleHome.Audit, PolicyArns = ["arn:aws:iam::aws:role/x"] } },
        { "session policies", new() { RoleArn = RoleHome.Audit, PolicyArns = [.. Enumerable.Repeat("arn:aws:iam::aws:policy/x", 11)] } },
    };

    public void Dispose() => _home.Dispose();

    [Theory]
    [MemberData(nameof(Illegal))]
    public void Get_SettingThatStsWouldRefuse_IsRefusedBeforeACode(string what, RoleOptions role)
    {
        var error = _home.Refused("prod", role: role);

        Assert.Equal((MfaErrorId.RoleSettingInvalid, (0, 0), 0), (error.Id, _home.Calls, _home.Caller.Questions.Count));
        Assert.StartsWith($"The {what} for the role of profile 'prod' cannot be used: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_EverySetting_IsSent()
    {
        var role = new RoleOptions
        {
            RoleArn = RoleHome.Audit,
            ExternalId = "a:b/c",
            RoleSessionName = "me@example",
            SourceIdentity = "alice",
            Tags = [new("Grün", "a b")],
            TransitiveTagKeys = ["grün"],
            Policy = """{"Version":"2012-10-17"}""",
            PolicyArns = ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::210987654321:policy/path/p"],
        };

        var session = _home.Get("prod", role: role);

        Assert.Equal(("prod", null, "Audit"), (session.Profile, session.Section, session.SessionRole));
        var sent = Assert.Single(_home.Sts.RoleCalls).Role;
        Assert.Equal(
            ("me@example", "a:b/c", "alice", role.Policy),
            (sent.SessionName, sent.Role.ExternalId, sent.Role.SourceIdentity, sent.Role.Policy));
        Assert.Equal(role.PolicyArns, sent.Role.PolicyArns);
        Assert.DoesNotContain("mfasts_role", _home.Home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_AdHocRoleInASection_IsGivenForTheSameRoleAndByItsName()
    {
        var role = new RoleOptions { RoleArn = RoleHome.Audit, Policy = "{}" };
        string token = _home.Get("prod", role: role, section: "narrow").SessionToken;

        Assert.Equal((token, "narrow"), (_home.Get("prod", role: role, section: "narrow").SessionToken, _home.Get("narrow").Profile));
        Assert.NotEqual(token, _home.Get("prod", role: new RoleOptions { RoleArn = RoleHome.Audit }, section: "narrow").SessionToken);
        Assert.Equal((1, 2), _home.Calls);
        _home.Clock.Advance(TimeSpan.FromHours(2));
        var error = _home.Refused("narrow");
        Assert.Equal(MfaErrorId.SessionExpired, error.Id);
        Assert.Contains("Get-MfaSessionToken -Profile prod -RoleArn <ARN> -SessionProfile narrow", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("admin-sts")]
    public void Get_AdHocRoleInTheSectionOfARoleProfile_IsRefused(string section)
    {
        Assert.Equal(
            MfaErrorId.ProfileUnsuitable, _home.Refused("prod", role: new RoleOptions { RoleArn = RoleHome.Audit }, section: section).Id);
        Assert.Equal((0, 0), _home.Calls);
    }

    [Fact]
    public void FindUsable_UsersOwnSession_IsNeverThatOfARole()
    {
        _home.Get("prod", role: new RoleOptions { RoleArn = RoleHome.Audit }, section: "narrow");
        _home.Store.Remove("prod", CancellationToken.None);
        _home.Get("admin");
        _home.Home.Credentials = _home.Home.Credentials.Replace("[prod]", "[gone]", StringComparison.Ordinal);

        Assert.Null(_home.Find("prod"));
    }

    [Theory]
    [InlineData("alice", "alice")]
    [InlineData("a", "mfasts")]
    [InlineData("ölüm ñ", "lm")]
    [InlineData("", "mfasts")]
    [InlineData(null, "mfasts")]
    [InlineData("a/b c", "abc")]
    public void RoleSessionName_UsersName_IsMadeLegal(string? name, string expected) => Assert.Equal(expected, RoleSessionName.From(name));
}
