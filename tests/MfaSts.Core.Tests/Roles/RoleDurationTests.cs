using MfaSts.Errors;
using MfaSts.Sessions;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Roles;

public sealed class RoleDurationTests : IDisposable
{
    private static readonly TimeSpan EightHours = TimeSpan.FromHours(8);

    private readonly RoleHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Get_DurationSecondsAboveAnHour_IsCutAndSaid()
    {
        _home.Home.Config += "duration_seconds = 7200\n";

        _home.Get("admin");

        Assert.Equal(TimeSpan.FromHours(1), Assert.Single(_home.Sts.RoleCalls).Role.Duration);
        Assert.Contains(_home.Caller.Details, line => line.Contains("duration_seconds asks for 2h", StringComparison.Ordinal));
    }

    [Fact]
    public void Get_MoreThanAnHourGiven_IsTakenWithTheLongTermKeysAndACode()
    {
        var session = _home.Get("admin", duration: EightHours);

        Assert.Equal(((0, 1), EightHours), (_home.Calls, session.Remaining));
        var (call, role) = Assert.Single(_home.Sts.RoleCalls);
        Assert.Equal(
            (ScratchHome.KeyId, null, ScratchHome.Device, "100001"),
            (call.AccessKeyId, call.SessionToken, role.SerialNumber, role.TokenCode));
        Assert.Contains("\nmfasts_route = direct\n", _home.Home.Credentials, StringComparison.Ordinal);
        Assert.Equal(
            $"MFA code for profile 'prod' ({ScratchHome.Device}), to take the role of profile 'admin'",
            Assert.Single(_home.Caller.Questions));
    }

    [Fact]
    public void Get_DirectSessionIsUsable_IsReplacedOnlyByForce()
    {
        string token = _home.Get("admin", duration: EightHours).SessionToken;
        _home.Get("prod");
        _home.Clock.Advance(EightHours - TimeSpan.FromMinutes(10));
        var early = new SessionRequest { Profile = "admin", MinimumRemaining = TimeSpan.FromMinutes(15) };

        Assert.Equal((token, token), (_home.Get("admin").SessionToken, _home.Flow.TryRenewUnasked(early)!.SessionToken));
        Assert.NotEqual(token, _home.Get("admin", force: true).SessionToken);
        Assert.DoesNotContain("mfasts_route", _home.Home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_MoreThanAnHourGivenWhileAnHourIsStored_IsTakenAnew()
    {
        string hour = _home.Get("admin").SessionToken;

        var session = _home.Get("admin", duration: EightHours);

        Assert.NotEqual(hour, session.SessionToken);
        Assert.Equal(EightHours, session.Remaining);
        Assert.Equal(session.SessionToken, _home.Get("admin", duration: EightHours).SessionToken);
    }

    [Fact]
    public void Get_RefusedByTheRolesMaximum_IsRememberedForADay()
    {
        _home.Sts.RoleFailure = (_, role) => role.Duration > TimeSpan.FromHours(1)
            ? MfaErrors.RoleDurationRefused("admin", RoleHome.Admin, role.Duration, "exceeds the MaxSessionDuration")
            : null;

        Assert.Equal(MfaErrorId.RoleDurationRefused, _home.Refused("admin", EightHours).Id);
        Assert.Contains("refused 8h less than a day ago", _home.Refused("admin", EightHours).Message, StringComparison.Ordinal);
        Assert.Equal(MfaErrorId.RoleDurationRefused, _home.Refused("admin", TimeSpan.FromHours(9)).Id);
        Assert.Single(_home.Caller.Questions);
        _home.Refused("admin", TimeSpan.FromHours(7));
        Assert.Equal(2, _home.Caller.Questions.Count);
        _home.Clock.Advance(TimeSpan.FromHours(25));
        _home.Refused("admin", EightHours);
        Assert.Equal(3, _home.Caller.Questions.Count);
    }

    [Fact]
    public void Get_MoreThanAnHourInAChain_IsRefusedBeforeACode()
    {
        _home.Home.Config += $"[profile deep]\nrole_arn = {RoleHome.Audit}\nsource_profile = admin\n";

        Assert.Equal(
            (MfaErrorId.RoleDurationRefused, (0, 0), 0), (_home.Refused("deep", EightHours).Id, _home.Calls, _home.Caller.Questions.Count));
    }

    [Theory]
    [InlineData(899)]
    [InlineData(43201)]
    public void Get_DurationThatNoRoleHas_IsRefusedBeforeACode(int seconds)
    {
        var error = _home.Refused("admin", TimeSpan.FromSeconds(seconds));

        Assert.Equal((MfaErrorId.DurationOutOfRange, 0), (error.Id, _home.Caller.Questions.Count));
        Assert.Contains("900 to 43200 seconds", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_CodeOfTheDirectCall_IsNotSentForASessionToo()
    {
        _home.Get("admin", "123456", EightHours);

        Assert.Equal(MfaErrorId.TokenCodeAlreadyUsed, Assert.Throws<MfaException>(() => _home.Get("prod", "123456")).Error.Id);
        Assert.Equal((0, 1), _home.Calls);
    }
}
