using MfaSts.Errors;

namespace MfaSts.Tests.Roles;

public sealed class RoleChainTests : IDisposable
{
    private readonly RoleHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Get_ChainOfTwo_TakesEachRoleWithTheOneBefore()
    {
        _home.Home.Config += $"[profile deep]\nrole_arn = {RoleHome.Audit}\nsource_profile = admin\n";

        var session = _home.Get("deep");

        Assert.Equal(("deep", "Audit", "prod", (1, 2)), (session.Profile, session.SessionRole, session.SessionSource, _home.Calls));
        Assert.Equal(["ASIANEW0000000000001", "ASIANEW0000000001001"], _home.Sts.RoleCalls.Select(call => call.Call.AccessKeyId));
        Assert.NotNull(_home.Find("admin"));
    }

    [Theory]
    [InlineData("prod-sts")]
    [InlineData("prod")]
    public void Get_SourceByItsSessionsSection_IsTheProfile(string source)
    {
        _home.Home.Credentials = _home.Home.Credentials.Replace("[prod-long-term]", "[prod]", StringComparison.Ordinal);
        _home.Home.Config = $"[profile admin]\nrole_arn = {RoleHome.Admin}\nsource_profile = {source}\n";

        Assert.Equal("prod", _home.Get("admin").SessionSource);
        _home.Clock.Advance(TimeSpan.FromHours(13));
        Assert.Equal("prod", _home.Get("admin").SessionSource);
    }

    [Theory]
    [InlineData("[profile a]\nrole_arn = R\nsource_profile = b\n[profile b]\nrole_arn = R\nsource_profile = a\n", "a -> b -> a")]
    [InlineData("[profile a]\nrole_arn = R\nsource_profile = a\n", "a -> a")]
    [InlineData("[profile a]\nrole_arn = R\n", "no source_profile says")]
    [InlineData("[profile a]\nrole_arn = R\nsource_profile = nobody\n", "'nobody', and no long-term access key")]
    [InlineData("[profile a]\nrole_arn = R\nsource_profile = b\n[profile b]\nsso_session = s\n", "sso_session of profile 'b'")]
    [InlineData(
        "[profile a]\nrole_arn = R\nsource_profile = b\n[profile b]\ncredential_process = /bin/other\n",
        "credential_process of profile 'b'")]
    [InlineData("[profile a]\nrole_arn = R\nsource_profile = b\n[profile b]\nlogin_session = s\n", "login_session of profile 'b'")]
    [InlineData("[profile a]\nrole_arn = R\ncredential_source = Ec2InstanceMetadata\n", "credential_source of profile 'a'")]
    [InlineData("[profile a]\nrole_arn = R\nweb_identity_token_file = /t\n", "web_identity_token_file of profile 'a'")]
    public void Get_SourceLeadsToNoKeys_SaysWhyAndSendsNothing(string config, string words)
    {
        _home.Home.Config = config.Replace("= R\n", $"= {RoleHome.Admin}\n", StringComparison.Ordinal);

        var error = _home.Refused("a");

        Assert.Equal((MfaErrorId.RoleSourceInvalid, (0, 0)), (error.Id, _home.Calls));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Empty(_home.Caller.Questions);
    }

    [Fact]
    public void Get_RoleAndKeysInOneProfile_IsRefusedWithTheWayToSplitThem()
    {
        _home.Home.Config = $"[profile prod]\nrole_arn = {RoleHome.Admin}\nsource_profile = prod\n";

        var error = _home.Refused("prod");

        Assert.Equal(MfaErrorId.RoleSourceInvalid, error.Id);
        Assert.Contains("[profile prod-role], with 'source_profile = prod'", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_TransitiveTagAndSourceIdentity_AreSentByTheFirstRoleOnly()
    {
        _home.Home.Config =
            $"[profile admin]\nrole_arn = {RoleHome.Admin}\nsource_profile = prod\nsession_tags = Team=blue, "
                + "Cost=1\ntransitive_session_tags = team\nsource_identity = alice\n"
            + $"[profile deep]\nrole_arn = {RoleHome.Audit}\nsource_profile = admin\nsession_tags = TEAM=blue,More=2\nsource_identity = "
            + "alice\n";

        _home.Get("deep");

        var (first, second) = (_home.Sts.RoleCalls[0].Role.Role, _home.Sts.RoleCalls[1].Role.Role);
        Assert.Equal(("Team,Cost", "team", "alice"), (Keys(first), string.Join(',', first.TransitiveTagKeys), first.SourceIdentity));
        Assert.Equal(("More", string.Empty, null), (Keys(second), string.Join(',', second.TransitiveTagKeys), second.SourceIdentity));

        static string Keys(MfaSts.Roles.RoleOptions role) => string.Join(',', role.Tags.Select(tag => tag.Key));
    }

    [Theory]
    [InlineData("source_identity = alice\n", "source_identity = bob\n", "source identity")]
    [InlineData("session_tags = Team=blue\ntransitive_session_tags = Team\n", "session_tags = team=red\n", "session tag 'team'")]
    public void Get_RolesThatContradictEachOther_AreRefusedBeforeACode(string first, string second, string what)
    {
        _home.Home.Config =
            $"[profile admin]\nrole_arn = {RoleHome.Admin}\nsource_profile = prod\n{first}[profile deep]\nrole_arn = "
                + $"{RoleHome.Audit}\nsource_profile = admin\n{second}";

        var error = _home.Refused("deep");

        Assert.Equal((MfaErrorId.RoleSettingInvalid, (0, 0)), (error.Id, _home.Calls));
        Assert.StartsWith($"The {what} for the role of profile 'deep'", error.Message, StringComparison.Ordinal);
    }
}
