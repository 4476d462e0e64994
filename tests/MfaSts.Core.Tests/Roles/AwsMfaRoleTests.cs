using MfaSts.Sessions;

namespace MfaSts.Tests.Roles;

public sealed class AwsMfaRoleTests : IDisposable
{
    private readonly RoleHome _home = new();

    public AwsMfaRoleTests() => _home.Home.Config = string.Empty;

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Get_AssumeRole_PutsTheRolesSessionWhereAwsMfaDoes(bool isVariable)
    {
        if (isVariable)
        {
            _home.Home.Variables["MFA_ASSUME_ROLE"] = RoleHome.Admin;
        }
        else
        {
            _home.Home.Credentials += $"assume_role = {RoleHome.Admin}\n";
        }

        var session = _home.Get("prod");

        Assert.Equal(("prod", "prod", "Admin", (1, 1)), (session.Profile, session.Section, session.SessionRole, _home.Calls));
        string section = _home.Home.Credentials[_home.Home.Credentials.IndexOf("[prod]", StringComparison.Ordinal)..];
        Assert.Contains("\nassumed_role = True\n", section, StringComparison.Ordinal);
        Assert.Contains($"\nassumed_role_arn = {RoleHome.Admin}\n", section, StringComparison.Ordinal);
        Assert.Contains("\naws_security_token = new-token-1001\n", section, StringComparison.Ordinal);
        Assert.Contains("\nexpiration = 2026-03-04 11:00:00\n", section, StringComparison.Ordinal);
        Assert.Contains("[prod-sts]\n", _home.Home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_RoleSessionExpired_IsRenewedWithTheSessionBesideIt()
    {
        _home.Home.Credentials += $"assume_role = {RoleHome.Admin}\n";
        _home.Get("prod");
        _home.Clock.Advance(TimeSpan.FromMinutes(70));

        Assert.Equal(SessionOrigin.Sts, _home.Get("prod").Origin);
        Assert.Equal((1, 2), _home.Calls);
    }

    [Fact]
    public void Get_AwsMfasOwnRoleSession_IsUsedWhileItIsOfThatRole()
    {
        _home.Home.Credentials += $"assume_role = {RoleHome.Admin}\n\n[prod]\nassumed_role = True\nassumed_role_arn = {RoleHome.Admin}\n"
            + "aws_access_key_id = ASIAOLD\naws_secret_access_key = s\naws_session_token = t\naws_security_token = t\nexpiration = "
            + "2026-03-04 10:30:00\n";

        Assert.Equal("ASIAOLD", _home.Get("prod").AccessKeyId);

        _home.Home.Credentials =
            _home.Home.Credentials.Replace($"assume_role = {RoleHome.Admin}", $"assume_role = {RoleHome.Audit}", StringComparison.Ordinal);
        Assert.Equal("Audit", _home.Get("prod").SessionRole);
    }

    [Fact]
    public void FindUsable_AwsMfaHasPutTheUsersSessionOverTheRoles_IsNoRoleSession()
    {
        _home.Home.Credentials += $"assume_role = {RoleHome.Admin}\n";
        _home.Get("prod");

        _home.Home.Credentials = _home.Home.Credentials
            .Replace("assumed_role = True", "assumed_role = False", StringComparison.Ordinal)
            .Replace($"assumed_role_arn = {RoleHome.Admin}\n", string.Empty, StringComparison.Ordinal);

        Assert.Null(_home.Find("prod"));
    }

    [Fact]
    public void FindUsable_AssumeRoleIsTakenAway_GivesNoRoleSession()
    {
        _home.Home.Credentials += $"assume_role = {RoleHome.Admin}\n";
        _home.Get("prod");
        _home.Home.Credentials =
            _home.Home.Credentials.Replace($"assume_role = {RoleHome.Admin}\n", string.Empty, StringComparison.Ordinal);

        Assert.Null(_home.Find("prod")?.SessionRole);
        Assert.Null(_home.Get("prod").SessionRole);
        Assert.Contains("\nassumed_role = False\n", _home.Home.Credentials, StringComparison.Ordinal);
        Assert.DoesNotContain("mfasts_role", _home.Home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_RoleProfileOverIt_IsChained()
    {
        _home.Home.Credentials += $"assume_role = {RoleHome.Admin}\n";
        _home.Home.Config = $"[profile deep]\nrole_arn = {RoleHome.Audit}\nsource_profile = prod\n";

        Assert.Equal("prod", _home.Get("deep").SessionSource);
        Assert.Equal([RoleHome.Admin, RoleHome.Audit], _home.Sts.RoleCalls.Select(call => call.Role.Role.RoleArn));
        Assert.Equal("Admin", _home.Find("prod")!.SessionRole);
    }
}
