using MfaSts.Errors;
using MfaSts.Sessions;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Roles;

public sealed class RoleSessionTests : IDisposable
{
    private readonly RoleHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Get_RoleProfile_AsksOnceAndTakesTheRoleWithTheSession()
    {
        var session = _home.Get("admin");

        Assert.Equal((1, 1), _home.Calls);
        Assert.Equal(
            $"MFA code for profile 'prod' ({ScratchHome.Device}), to take the role of profile 'admin'",
            Assert.Single(_home.Caller.Questions));
        Assert.Equal(
            ("admin", RoleHome.Admin, "Admin", "prod", "210987654321", "admin-sts", SessionOrigin.Sts),
            (session.Profile, session.AssumedRoleArn, session.SessionRole, session.SessionSource, session.AccountId, session.Section,
                session.Origin));
        var (call, role) = Assert.Single(_home.Sts.RoleCalls);
        Assert.Equal(("ASIANEW0000000000001", "new-token-1", "eu-west-1"), (call.AccessKeyId, call.SessionToken, call.Region));
        Assert.Equal((TimeSpan.FromHours(1), "alice", null), (role.Duration, role.SessionName, role.TokenCode));
    }

    [Fact]
    public void Get_StoredRoleSession_IsGivenWithoutAnyCall()
    {
        string token = _home.Get("admin").SessionToken;

        var again = _home.Get("admin");

        Assert.Equal((token, SessionOrigin.Store, (1, 1)), (again.SessionToken, again.Origin, _home.Calls));
    }

    [Fact]
    public void Get_RoleSessionExpiredWhileTheSourceLives_NeedsNoCode()
    {
        _home.Get("admin");
        _home.Clock.Advance(TimeSpan.FromMinutes(61));
        _home.Caller.IsThere = false;

        Assert.Equal(SessionOrigin.Sts, _home.Get("admin").Origin);
        Assert.Equal((1, 2), _home.Calls);
    }

    [Fact]
    public void Get_SourceHasTwoMinutesLeft_ServesTheRoleStill()
    {
        _home.Get("prod");
        _home.Clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromMinutes(2));

        Assert.Equal(TimeSpan.FromHours(1), _home.Get("admin").Remaining);
        Assert.Equal((1, 1), _home.Calls);
    }

    [Fact]
    public void Get_FiveRolesOfOneSource_TakeOneCode()
    {
        for (int i = 0; i < 5; i++)
        {
            _home.Home.Config += $"[profile r{i}]\nrole_arn = arn:aws:iam::210987654321:role/r{i}\nsource_profile = prod\n";
        }

        for (int i = 0; i < 5; i++)
        {
            Assert.Equal($"r{i}", _home.Get($"r{i}").SessionRole);
        }

        Assert.Equal((1, 5), _home.Calls);
    }

    [Fact]
    public void Get_Force_GetsANewRoleSessionWithoutACode()
    {
        _home.Get("admin");

        Assert.Equal(SessionOrigin.Sts, _home.Get("admin", force: true).Origin);
        Assert.Equal((1, 2), _home.Calls);
    }

    [Theory]
    [InlineData("role_arn = arn:aws:iam::210987654321:role/Other\n")]
    [InlineData("role_arn = arn:aws:iam::210987654321:role/ops/Admin\nexternal_id = other\n")]
    [InlineData("role_arn = arn:aws:iam::210987654321:role/ops/Admin\nrole_session_name = other\n")]
    [InlineData("role_arn = arn:aws:iam::210987654321:role/ops/Admin\nsession_tags = a=b\n")]
    [InlineData("role_arn = arn:aws:iam::210987654321:role/ops/Admin\nsource_identity = other\n")]
    public void FindUsable_ARoleSettingHasChanged_GivesNothing(string settings)
    {
        _home.Get("admin");

        _home.Home.Config = $"[profile admin]\n{settings}source_profile = prod\n";

        Assert.Null(_home.Find("admin"));
    }

    [Fact]
    public void FindUsable_TheLongTermKeyOrTheEndpointHasChanged_GivesNothing()
    {
        _home.Get("admin");
        string credentials = _home.Home.Credentials;

        _home.Home.Variables["AWS_ENDPOINT_URL_STS"] = "http://127.0.0.1:4566";
        Assert.Null(_home.Find("admin"));
        Assert.Null(_home.Find("prod"));
        _home.Home.Variables["AWS_ENDPOINT_URL_STS"] = "https://vpce-1.sts.eu-west-1.vpce.amazonaws.com";
        Assert.NotNull(_home.Find("admin"));
        Assert.NotNull(_home.Find("prod"));
        _home.Home.Credentials = credentials.Replace(ScratchHome.KeyId, "AKIAANOTHERKEY000000", StringComparison.Ordinal);
        Assert.Null(_home.Find("admin"));
    }

    [Fact]
    public void FindUsable_RoleInTheMiddleOfAChainHasChanged_GivesNothing()
    {
        _home.Home.Config += $"[profile deep]\nrole_arn = {RoleHome.Audit}\nsource_profile = admin\n";
        _home.Get("deep");
        Assert.NotNull(_home.Find("deep"));

        _home.Home.Config = _home.Home.Config.Replace("role/ops/Admin", "role/ops/Other", StringComparison.Ordinal);

        Assert.Null(_home.Find("deep"));
    }

    [Fact]
    public void FindUsable_TheProfileIsNoRoleAnyMore_GivesNoRoleSession()
    {
        _home.Get("admin");
        _home.Home.Config = "[profile admin]\nregion = eu-west-1\n";
        Assert.Null(_home.Find("admin"));
        Assert.Equal(MfaErrorId.LongTermCredentialNotFound, _home.Refused("admin").Id);
    }

    [Fact]
    public void Get_ByTheSectionsName_IsTheProfile()
    {
        _home.Get("admin");

        Assert.Equal("admin", _home.Get("admin-sts").Profile);
        _home.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(("admin", (1, 2)), (_home.Get("admin-sts").Profile, _home.Calls));
        Assert.DoesNotContain("admin-sts-sts", _home.Home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Section_HoldsWhatEverySdkReadsAndNoRoleSettings()
    {
        _home.Get("admin");

        string section = _home.Home.Credentials[_home.Home.Credentials.IndexOf("[admin-sts]", StringComparison.Ordinal)..];

        Assert.DoesNotContain("\nrole_arn", section, StringComparison.Ordinal);
        Assert.DoesNotContain("role_session_name", section, StringComparison.Ordinal);
        Assert.Contains($"\nassumed_role_arn = {RoleHome.Admin}\n", section, StringComparison.Ordinal);
        Assert.Contains("\nmfasts_profile = admin\n", section, StringComparison.Ordinal);
        Assert.Contains("\nmfasts_source = prod\n", section, StringComparison.Ordinal);
        Assert.Matches("\nmfasts_role = [0-9a-f]{32}\n", section);
        Assert.Contains("\nregion = eu-west-1\n", section, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_SectionIsAnotherPrograms_IsRefusedWithItsLineBeforeACode()
    {
        _home.Home.Credentials += "\n[admin-sts]\naws_access_key_id = ASIAOTHER\naws_secret_access_key = s\naws_session_token = t\n";

        var error = _home.Refused("admin");

        Assert.Equal((MfaErrorId.ProfileUnsuitable, (0, 0)), (error.Id, _home.Calls));
        Assert.Contains("line 6", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_SourceSessionIsDead_IsForgottenOnceAndTheKeysAreCheckedBeforeACode()
    {
        _home.Get("prod");
        _home.Sts.RoleFailure = (call, _) =>
            call.AccessKeyId == "ASIANEW0000000000001" ? MfaErrors.SessionRefused("admin", "expired") : null;

        _home.Get("admin");

        Assert.Equal(((2, 2), 1), (_home.Calls, _home.Sts.IdentityCalls));
    }

    [Fact]
    public void Get_SourceSessionAndKeysAreDead_AsksForNoCode()
    {
        _home.Get("prod");
        _home.Sts.RoleFailure = (_, _) => MfaErrors.SessionRefused("admin", "invalid");
        _home.Sts.IdentityFailure = MfaErrors.LongTermCredentialRejected("prod", ScratchHome.KeyId, "invalid");

        Assert.Equal(MfaErrorId.LongTermCredentialRejected, _home.Refused("admin").Id);
        Assert.Equal((1, 1), _home.Calls);
    }

    [Fact]
    public void Remove_Source_TakesItsRolesAlong()
    {
        _home.Get("admin");
        Assert.Equal(["admin"], _home.Store.RolesOf("prod"));

        Assert.True(_home.Store.Remove("prod", CancellationToken.None));

        Assert.Empty(_home.Store.List(null));
    }

    [Fact]
    public void List_Roles_StandBelowTheirSourceWithRoleAndAccount()
    {
        _home.Home.Credentials =
            "[zebra]\naws_access_key_id = ASIAZ\naws_secret_access_key = s\naws_session_token = t\n\n" + _home.Home.Credentials;
        _home.Get("admin");

        Assert.Equal(
            [("zebra", null, null), ("prod", null, "123456789012"), ("admin", "Admin", "210987654321")],
            _home.Store.List(null).Select(session => (session.Profile, session.SessionRole, session.AccountId)));
    }

    [Fact]
    public void TryRenewUnasked_SourceLives_RenewsOnceAndRestsAfterAFailure()
    {
        _home.Get("admin");
        _home.Clock.Advance(TimeSpan.FromMinutes(50));
        var early = new SessionRequest { Profile = "admin", MinimumRemaining = TimeSpan.FromMinutes(15) };
        Assert.True(_home.Broker.CanRenewUnasked(early));
        _home.Sts.RoleFailure = (_, _) => MfaErrors.StsThrottled("admin", "slow down", hasCode: false);

        Assert.Equal(MfaErrorId.StsThrottled, Assert.Throws<MfaException>(() => _home.Flow.TryRenewUnasked(early)).Error.Id);
        Assert.Null(_home.Flow.TryRenewUnasked(early));
        Assert.Equal((1, 2), _home.Calls);

        _home.Sts.RoleFailure = (_, _) => null;
        _home.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(TimeSpan.FromHours(1), _home.Flow.TryRenewUnasked(early)!.Remaining);
        Assert.Equal(SessionOrigin.Store, _home.Flow.TryRenewUnasked(early)!.Origin);
        Assert.Equal((1, 3), _home.Calls);
    }

    [Fact]
    public void FindUsable_Minimum_CountsForAQuarterOfTheLifeAtMost()
    {
        _home.Home.Config += $"[profile short]\nrole_arn = {RoleHome.Audit}\nsource_profile = prod\nduration_seconds = 900\n";
        _home.Get("short");

        _home.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.NotNull(_home.Find("short"));
        _home.Clock.Advance(TimeSpan.FromSeconds(16));
        Assert.Null(_home.Find("short"));
    }

    [Fact]
    public void Get_HardwareDevice_NamesTheSessionAfterTheUser()
    {
        _home.Home.Credentials = _home.Home.Credentials.Replace(ScratchHome.Device, "GAHT12345678", StringComparison.Ordinal);

        _home.Get("admin");

        Assert.Equal("alice", Assert.Single(_home.Sts.RoleCalls).Role.SessionName);
    }

    [Fact]
    public void Get_MfaSerialOnlyInTheRoleProfile_Serves()
    {
        _home.Home.Credentials =
            $"[prod-long-term]\naws_access_key_id = {ScratchHome.KeyId}\naws_secret_access_key = {ScratchHome.Secret}\n";
        _home.Home.Config =
            $"[profile admin]\nrole_arn = {RoleHome.Admin}\nsource_profile = prod\nmfa_serial = {ScratchHome.Device}\nexternal_id = "
                + "partner\n";

        _home.Get("admin");

        Assert.Equal(
            (ScratchHome.Device, "partner"), (_home.Sts.LastSerialNumber, Assert.Single(_home.Sts.RoleCalls).Role.Role.ExternalId));
    }

    [Fact]
    public void Get_WhatIf_DoesNothing()
    {
        _home.Caller.MayDoIt = false;

        Assert.Null(_home.Flow.Get(new SessionRequest { Profile = "admin" }, null));
        Assert.Equal(
            ((0, 0), $"Get a session of the role '{RoleHome.Admin}' for profile 'admin' -> [admin-sts] in '{_home.Home.CredentialsPath}'"),
            (_home.Calls, Assert.Single(_home.Caller.Done)));
    }
}
