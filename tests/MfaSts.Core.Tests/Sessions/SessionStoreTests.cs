using MfaSts.Sessions;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Sessions;

public sealed class SessionStoreTests : IDisposable
{
    private readonly ScratchHome _home = new();
    private readonly TestClock _clock = new();

    private SessionStore Store => new(_home.Files, _clock);

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Write_NoSectionYet_AddsTheFiveKeys()
    {
        _home.Credentials = ScratchHome.LongTermSection("p");

        var session = Write();

        Assert.Equal(ScratchHome.LongTermSection("p") + "\n[p]\naws_access_key_id = ASIANEW0000000000001\naws_secret_access_key = "
            + "new-secret-1\n"
            + "aws_session_token = new-token-1\nexpiration = 2026-03-04T22:00:00Z\nmanager = mfasts\n", _home.Credentials);
        Assert.Equal(("p", "p", "123456789012", SessionOrigin.Sts), (session.Profile, session.Section, session.AccountId, session.Origin));
    }

    [Fact]
    public void Write_LongTermKeysInTheOwnSection_LeavesThemAndUsesTheSpareOneWithRegion()
    {
        string own =
            $"[p]\naws_access_key_id = {ScratchHome.KeyId}\naws_secret_access_key = {ScratchHome.Secret}\nmfa_serial = "
                + $"{ScratchHome.Device}\n";
        _home.Credentials = own;
        _home.Config = "[profile p]\nregion = eu-west-1\n";
        _home.Variables["AWS_REGION"] = "us-east-2";

        Assert.Equal("p-sts", Write().Section);

        Assert.StartsWith(own + "\n[p-sts]\naws_access_key_id = ASIANEW", _home.Credentials, StringComparison.Ordinal);
        Assert.EndsWith(
            "manager = mfasts\nregion = eu-west-1\nmfasts_key = ASIANEW0000000000001 2026-03-04T22:00:00Z\n",
            _home.Credentials,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Write_LongTermKeyBesideAStaleToken_IsNotOverwritten()
    {
        _home.Credentials = ScratchHome.LongTermSection("p")
            + $"[p]\naws_access_key_id = AKIAPASTED0000000000\naws_secret_access_key = pasted\naws_session_token = stale\n";

        Write();

        Assert.Contains("AKIAPASTED0000000000", _home.Credentials, StringComparison.Ordinal);
        Assert.Contains("[p-sts]", _home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SpareSectionNow_TakesOurOldSessionOutOfTheOwnOne()
    {
        _home.Credentials = ScratchHome.LongTermSection("p")
            + "\n[p]\n# mine\nregion = x\naws_access_key_id = ASIAOLD\naws_secret_access_key = s\naws_session_token = t\nexpiration = "
            + "2026-01-01T00:00:00Z\nmanager = mfasts\n";
        _home.Config = "[profile p]\ncredential_process = mfasts credential-process p\n";

        Write();

        Assert.Contains("\n[p]\n# mine\nregion = x\n\n[p-sts]\n", _home.Credentials, StringComparison.Ordinal);
        Assert.DoesNotContain("ASIAOLD", _home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SpareSectionNow_LeavesAnothersSessionInTheOwnOne()
    {
        _home.Credentials = ScratchHome.LongTermSection("p")
            + "\n[p]\naws_access_key_id = ASIAOLD\naws_secret_access_key = s\naws_session_token = t\nmanager = awsume\n";
        _home.Config = "[profile p]\nrole_arn = arn:aws:iam::1:role/x\n";

        Write();

        Assert.Contains("ASIAOLD", _home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SectionOfAwsMfa_KeepsItsDialectTrue()
    {
        _home.Credentials = ScratchHome.LongTermSection("p")
            + "\n[p]\nassumed_role = True\nassumed_role_arn = arn:aws:iam::1:role/x\naws_access_key_id = ASIAOLD\naws_secret_access_key = "
            + "s\n"
            + "aws_session_token = t\naws_security_token = t\nexpiration = 2026-01-01 00:00:00\n";

        Write();

        Assert.EndsWith(
            "\n[p]\nassumed_role = False\naws_access_key_id = ASIANEW0000000000001\naws_secret_access_key = new-secret-1\n"
            + "aws_session_token = new-token-1\naws_security_token = new-token-1\nexpiration = 2026-03-04 22:00:00\nmanager = mfasts\n",
            _home.Credentials,
            StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 22, 0, 0, TimeSpan.Zero), Find()!.Expiration);
    }

    [Fact]
    public void Write_SectionOfSaml2Aws_KeepsItsExpiryTrue()
    {
        _home.Credentials = ScratchHome.LongTermSection("p") + "\n[p]\nx_security_token_expires = 2020-01-01T00:00:00+01:00\n";

        Write();

        Assert.Contains("x_security_token_expires = 2026-03-04T22:00:00Z\n", _home.Credentials, StringComparison.Ordinal);
    }

    [OnUnix]
    [Fact]
    public void Find_StaleSecurityToken_IsReadFirstAsBotocoreDoes()
    {
        _home.Credentials =
            "[p]\naws_access_key_id = ASIAX\naws_secret_access_key = s\naws_session_token = new\naws_security_token = old\nexpiration = "
                + "2026-03-04T22:00:00Z\n";

        Assert.Equal("old", Find()!.SessionToken);
    }

    [Theory]
    [InlineData("")]
    [InlineData("expiration = tomorrow\n")]
    public void Find_NoExpiry_IsListedAsUnknownAndNeverFound(string line)
    {
        _home.Credentials = "[p]\naws_access_key_id = ASIAX\naws_secret_access_key = s\naws_session_token = t\n" + line;

        Assert.Null(Find());
        Assert.Equal((MfaSessionState.Unknown, null), (Assert.Single(Store.List(null)).State, Store.List(null)[0].Remaining));
    }

    [Fact]
    public void List_Sessions_TellsStateManagerAndWhichIsActive()
    {
        _home.Credentials =
            ScratchHome.LongTermSection("a") + Session("a", "ASIAA", "expiration = 2026-03-04T10:05:01Z\nmanager = mfasts\n")
            + Session("b", "ASIAB", "expiration = 2026-03-04 10:05:00\n") + Session(
                "c-sts", "ASIAC", "expiration = 2026-03-04T10:00:00Z\nmanager = mfasts\n")
            + Session("d-sts", "ASIAD", "x_security_token_expires = 2026-03-04T12:00:00+01:00\n") + "[e]\nregion = x\n";
        var list = Store.List("ASIAB");

        Assert.Equal(
            [("a", "a", MfaSessionState.Usable, false), ("b", "b", MfaSessionState.Expiring, true),
                ("c", "c-sts", MfaSessionState.Expired, false), ("d-sts", "d-sts", MfaSessionState.Usable, false)],
            list.Select(item => (item.Profile, item.Section!, item.State, item.IsActive)));
        Assert.Equal(("123456789012", "mfasts", _home.CredentialsPath), (list[0].AccountId, list[0].Manager, list[0].Path));
        Assert.Equal(
            [TimeSpan.FromSeconds(301), TimeSpan.FromMinutes(5), TimeSpan.Zero, TimeSpan.FromHours(1)],
            list.Select(item => item.Remaining!.Value));
    }

    [Fact]
    public void List_DeviceInConfigOnly_TellsTheAccount()
    {
        _home.Credentials =
            "[prod]\naws_access_key_id = ASIAA\naws_secret_access_key = s\naws_session_token = t\nexpiration = 2030-01-01T00:00:00Z\n";
        _home.Config = "[profile prod]\nmfa_serial = arn:aws:iam::123456789012:mfa/alice\n";

        Assert.Equal("123456789012", Assert.Single(Store.List(null)).AccountId);

        _home.Config = "[profile\n";
        Assert.Null(Assert.Single(Store.List(null)).AccountId);
    }

    [Fact]
    public void List_RenewedProfile_MarksItsActiveSessionOnly()
    {
        _home.Credentials =
            Session("a", "ASIAA", "manager = mfasts\n") + Session("a-sts", "ASIAB", "manager = mfasts\n") + Session(
                "b", "ASIAC", string.Empty);

        Assert.Equal([false, true, false], Store.List("ASIAB", renewedProfile: "a").Select(item => item.IsRenewed));
        Assert.Equal([false, false, false], Store.List("ASIAC", renewedProfile: "a").Select(item => item.IsRenewed));
    }

    [Fact]
    public void Remove_Session_TakesItsKeysWhereverItIsAndLeavesLongTermOnes()
    {
        _home.Credentials = ScratchHome.LongTermSection("p") + "\n" + Session("p", "ASIAA", "region = x\n") + "\n"
            + Session("p-sts", "ASIAB", "expiration = 2026-03-04T10:00:00Z\nmanager = mfasts\n") + Session("q", "ASIAC", string.Empty);

        Assert.True(Store.Remove("p", CancellationToken.None));

        Assert.Equal(ScratchHome.LongTermSection("p") + "\n[p]\nregion = x\n\n" + Session("q", "ASIAC", string.Empty), _home.Credentials);
        Assert.False(Store.Remove("p", CancellationToken.None));
    }

    [Fact]
    public void Remove_OnlyLongTermKeys_LeavesThem()
    {
        string text = $"[p]\naws_access_key_id = {ScratchHome.KeyId}\naws_secret_access_key = {ScratchHome.Secret}\n";
        _home.Credentials = text;

        Assert.False(Store.Remove("p", CancellationToken.None));
        Assert.Equal(text, _home.Credentials);
    }

    [Fact]
    public void Session_Environment_HasTheKeysAndNoProfile()
    {
        _home.Credentials = Session("p", "ASIAA", "expiration = 2026-03-04T10:06:00Z\n");
        _home.Config = "[profile p]\nregion = eu-west-1\n";
        var session = Find()!;

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["AWS_ACCESS_KEY_ID"] = "ASIAA",
                ["AWS_SECRET_ACCESS_KEY"] = "s",
                ["AWS_SESSION_TOKEN"] = "t",
                ["AWS_CREDENTIAL_EXPIRATION"] = "2026-03-04T10:06:00Z",
                ["MFASTS_PROFILE"] = "p",
                ["AWSU_PROFILE"] = "p",
                ["AWS_REGION"] = "eu-west-1",
                ["AWS_DEFAULT_REGION"] = "eu-west-1",
            },
            session.ToEnvironment());
        Assert.Equal((TimeSpan.FromMinutes(6), false), (session.Remaining, session.IsExpired));
        Assert.Equal((session.AccessKeyId, session.SecretAccessKey), (session.AccessKey, session.SecretKey));
        _clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal((TimeSpan.Zero, true), (session.Remaining, session.IsExpired));
        _home.Config = string.Empty;
        Assert.DoesNotContain("AWS_REGION", Find()!.ToEnvironment().Keys);
    }

    [Fact]
    public void DefaultProfile_SectionOfASessionOfOurs_StandsForItsProfile()
    {
        string ours = Session("p-sts", "ASIA1", "manager = mfasts\n");
        Assert.Equal("default", Store.DefaultProfile(_home.Environment));
        _home.Variables["MFASTS_PROFILE"] = "used";
        Assert.Equal("used", Store.DefaultProfile(_home.Environment));
        _home.Variables["AWS_PROFILE"] = "p-sts";
        Assert.Equal("p-sts", Store.DefaultProfile(_home.Environment));
        _home.Credentials = Session("p-sts", "ASIA1", string.Empty);
        Assert.Equal("p-sts", Store.DefaultProfile(_home.Environment));
        _home.Credentials = ours;
        Assert.Equal("p", Store.DefaultProfile(_home.Environment));
        _home.Credentials = ours + ScratchHome.LongTermSection("p-sts");
        Assert.Equal("p-sts", Store.DefaultProfile(_home.Environment));
        _home.Credentials = ours;
        _home.Config = "[profile p-sts]\nregion = eu-west-1\n";
        Assert.Equal("p-sts", Store.DefaultProfile(_home.Environment));
        Assert.Equal("eu-west-1", Store.RegionOf("p-sts"));
    }

    private static string Session(string section, string id, string more) =>
        $"[{section}]\naws_access_key_id = {id}\naws_secret_access_key = s\naws_session_token = t\n{more}";

    private MfaSession? Find() =>
        new SessionPlanner(_home.Files, _home.Environment, _clock).FindStored(new SessionRequest { Profile = "p" });

    private MfaSession Write()
    {
        var plan = new SessionPlanner(_home.Files, _home.Environment, _clock).Plan(new SessionRequest { Profile = "p" });
        var credential = FakeSts.Session(1, _clock.Now.AddHours(12));
        Assert.Null(Store.Write(plan.Target, credential));
        return SessionStore.Show(plan.Target, credential, _clock);
    }
}
