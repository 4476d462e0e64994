using MfaSts.Errors;
using MfaSts.Sessions;
using MfaSts.Stores;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Sessions;

/// <summary>Where sessions are found and put, in the layouts of older tools and in a section of the user's choice.</summary>
public sealed class SessionSectionsTests : IDisposable
{
    private const string Later = "expiration = 2026-03-04T22:00:00Z\n";
    private const string Earlier = "expiration = 2026-03-04T09:00:00Z\n";

    private readonly ScratchHome _home = new();
    private readonly TestClock _clock = new();
    private readonly FakeSts _sts;

    public SessionSectionsTests() => _sts = new FakeSts(_clock);

    private SessionStore Store => new(_home.Files, _clock);

    private SessionBroker Broker => new(_home.Files, _home.Environment, () => _sts, _clock, KeyStores.FileOnly);

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Find_SessionOfStscreds_IsUsableUntilItsOwnFileSaysSo()
    {
        _home.Credentials = Session("p", "ASIA1", string.Empty);
        ScratchHome.Write(_home.StscredsPath, Keys("p") + "temp_credentials_expire = 2026-03-04T22:00:00Z\n");
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 22, 0, 0, TimeSpan.Zero), Find("p")!.Expiration);
        Assert.Equal(MfaSessionState.Usable, Assert.Single(Store.List(null)).State);

        // Another tool wrote over it: stscreds' word is about another session then.
        _home.Credentials = Session("p", "ASIA1", "manager = awsume\n");
        Assert.Null(Find("p"));
        _home.Credentials = Session("p", "ASIA1", Earlier);
        Assert.Equal(9, Find("p")!.Expiration.Hour);
    }

    [Fact]
    public async Task Redeem_SessionOfStscreds_TellsItTheNewExpiry()
    {
        _home.Credentials = Session("p", "ASIA1", string.Empty);
        string before = "# mine\n" + Keys("p") + "temp_credentials_expire = 2020-01-01T00:00:00Z\n\n" + Keys("q")
            + "temp_credentials_expire = 2020-01-01T00:00:00Z\n";
        ScratchHome.Write(_home.StscredsPath, before);

        var result = await Redeem(new() { Profile = "p", SerialNumber = ScratchHome.Device });

        Assert.Empty(result.Warnings);
        string told = $"temp_credentials_expire = {result.Session.Expiration:yyyy-MM-dd'T'HH:mm:ss'Z'}";
        Assert.Equal(
            before.Replace("temp_credentials_expire = 2020-01-01T00:00:00Z\n\n", told + "\n\n", StringComparison.Ordinal),
            File.ReadAllText(_home.StscredsPath));
    }

    [Fact]
    public async Task Redeem_FileOfStscredsThatCannotBeWritten_WarnsAndKeepsTheSession()
    {
        _home.Credentials = Keys("p") + Session("p-sts", "ASIA1", string.Empty);
        ScratchHome.Write(_home.StscredsPath, "[p-sts]\ntemp_credentials_expire = 2020-01-01T00:00:00Z\n\tcontinued\n");

        var result = await Redeem(new() { Profile = "p", SerialNumber = ScratchHome.Device });

        Assert.Contains("stscreds will not see", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(result.Session.AccessKeyId, Find("p")!.AccessKeyId);
    }

    [Fact]
    public async Task Redeem_SectionOfTheUsersChoice_IsRememberedAndFoundByEitherName()
    {
        string keys = Keys("default") + $"mfa_serial = {ScratchHome.Device}\n";
        _home.Credentials = keys;
        _home.Config = "[default]\nregion = eu-west-1\n";

        var first = (await Redeem(new() { Profile = "default", SessionProfile = "mfa" })).Session;

        Assert.Equal(("default", "mfa"), (first.Profile, first.Section));
        Assert.StartsWith(keys + "\n[mfa]\naws_access_key_id = ", _home.Credentials, StringComparison.Ordinal);
        Assert.EndsWith(
            "manager = mfasts\nregion = eu-west-1\nmfasts_profile = default\nmfasts_key = ASIANEW0000000000001 2026-03-04T22:00:00Z\n",
            _home.Credentials, StringComparison.Ordinal);
        Assert.Equal(first.AccessKeyId, Find("default")!.AccessKeyId);
        Assert.Equal(
            (first.AccessKeyId, "default", "123456789012"), (Find("mfa")!.AccessKeyId, Find("mfa")!.Profile, Find("mfa")!.AccountId));
        Assert.Equal(("default", "mfa"), (Store.List(null)[0].Profile, Store.List(null)[0].Section));
        _home.Variables["AWS_PROFILE"] = "mfa";
        Assert.Equal("default", Store.DefaultProfile(_home.Environment));

        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(("default", "mfa"), Place(Broker.Prepare(new() { Profile = "mfa" })));
        Assert.Equal(("default", "mfa"), Place(Broker.Prepare(new() { Profile = "default" })));
        Assert.True(Store.Remove("default", CancellationToken.None));
        Assert.Equal(("default", "default-sts"), Place(Broker.Prepare(new() { Profile = "default" })));
    }

    [Fact]
    public async Task Redeem_SectionOfTheUsersChoice_LeavesTheUsualSessionAlone()
    {
        _home.Credentials = ScratchHome.LongTermSection("p") + Session("p", "ASIAUSUAL", Earlier + "manager = mfasts\n");

        await Redeem(new() { Profile = "p", SessionProfile = "mfa" });

        Assert.Contains("ASIAUSUAL", _home.Credentials, StringComparison.Ordinal);
        Assert.Equal("mfa", Find("p")!.Section);
    }

    [Theory]
    [InlineData(
        "[taken]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = s\n", "", "taken", MfaErrorId.ProfileUnsuitable)]
    [InlineData("", "[profile taken]\nrole_arn = arn:aws:iam::1:role/x\n", "taken", MfaErrorId.ProfileUnsuitable)]
    [InlineData("", "[profile taken]\ncredential_process = x\n", "taken", MfaErrorId.ProfileUnsuitable)]
    [InlineData("", "", "not readable", MfaErrorId.ProfileNameInvalid)]
    [InlineData("", "", "x-long-term", MfaErrorId.ProfileNameInvalid)]
    [InlineData("", "", "a]b", MfaErrorId.ProfileNameInvalid)]
    public void Prepare_SectionThatIsNotFree_IsRefusedAndLeftAlone(string credentials, string config, string section, MfaErrorId error)
    {
        string text = ScratchHome.LongTermSection("p") + credentials;
        _home.Credentials = text;
        _home.Config = config;

        Assert.Equal(error, Assert.Throws<MfaException>(() => Broker.Prepare(new() { Profile = "p", SessionProfile = section })).Error.Id);
        Assert.Equal(text, _home.Credentials);
    }

    [Fact]
    public void SessionProfile_SectionOfAnotherProfileWithKeys_IsNeitherReadNorWritten()
    {
        string text =
            ScratchHome.LongTermSection("dev") + ScratchHome.LongTermSection("prod") + Session(
                "prod", "ASIAPROD", Later + "manager = mfasts\n");
        _home.Credentials = text;

        Assert.Null(Broker.FindUsable(new() { Profile = "dev", SessionProfile = "prod" }));
        var error = Assert.Throws<MfaException>(() => Broker.Prepare(new() { Profile = "dev", SessionProfile = "prod" })).Error;
        Assert.Equal(MfaErrorId.ProfileUnsuitable, error.Id);
        Assert.Contains("its own session belongs there", error.Message, StringComparison.Ordinal);
        Assert.Equal(text, _home.Credentials);
    }

    [Fact]
    public async Task Redeem_ProfileWhoseSectionHadAnothersSession_TakesItOver()
    {
        _home.Credentials = ScratchHome.LongTermSection("p");
        await Redeem(new() { Profile = "p", SessionProfile = "mfa" });

        // The name gets keys of its own later.
        _home.Credentials += "\n" + ScratchHome.LongTermSection("mfa");
        Assert.Null(Find("mfa"));
        Assert.Null(Find("p"));
        Assert.Equal(("p", "p"), Place(Broker.Prepare(new() { Profile = "p" })));

        _clock.Advance(TimeSpan.FromMinutes(4));
        await Redeem(new() { Profile = "mfa" });
        Assert.Equal(("mfa", "mfa"), (Find("mfa")!.Profile, Find("mfa")!.Section));
        Assert.Null(Find("p"));
        Assert.DoesNotContain("mfasts_profile", _home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public void SessionProfile_SessionThatTheUserPutThere_IsTheProfiles()
    {
        _home.Credentials = ScratchHome.LongTermSection("p") + Session("mfa", "ASIAMFA", Later);
        var found = Broker.FindUsable(new() { Profile = "p", SessionProfile = "mfa" })!;

        Assert.Equal(("p", "mfa", "ASIAMFA"), (found.Profile, found.Section, found.AccessKeyId));
    }

    [Fact]
    public void SessionProfile_SectionChosenForAnotherProfile_IsNotRead()
    {
        _home.Credentials =
            ScratchHome.LongTermSection("p") + ScratchHome.LongTermSection("q") + Session(
                "mfa", "ASIAQ", Later + "manager = mfasts\nmfasts_profile = q\n");

        Assert.Null(Broker.FindUsable(new() { Profile = "p", SessionProfile = "mfa" }));
        Assert.Equal("ASIAQ", Find("q")!.AccessKeyId);

        _home.Credentials = _home.Credentials.Replace("[q-long-term]", "[r-long-term]", StringComparison.Ordinal);
        Assert.Null(Broker.FindUsable(new() { Profile = "p", SessionProfile = "mfa" }));
    }

    [Fact]
    public void List_ThousandsOfProfilesWithOnePrefix_IsLinear()
    {
        long few = Allocated(1000);

        Assert.InRange(Allocated(4000), few, few * 8);

        long Allocated(int count)
        {
            _home.Credentials = string.Concat(Enumerable.Range(0, count).Select(number =>
                ScratchHome.LongTermSection($"p-{number}") + Session($"p-{number}", "ASIA1", "assumed_role = False\n" + Later)));
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal(count, Store.List(null).Count);
            Assert.Equal(count, _home.LongTerm.List().Count);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Find_AwsMfaWithAShortSuffix_IsFoundListedAndRenewedThere()
    {
        _home.Credentials = Keys("p")
            + $"aws_mfa_device = {ScratchHome.Device}\n" + Session("p-short", "ASIA1", "assumed_role = False\n" + Later);

        Assert.Equal("ASIA1", Find("p")!.AccessKeyId);
        Assert.Equal("p", Assert.Single(Store.List(null)).Profile);
        Assert.Equal(("p", "p-short"), Place(Broker.Prepare(new() { Profile = "p" })));
        Assert.DoesNotContain(
            Broker.Prepare(new() { Profile = "p" }).Warnings, warning => warning.Contains("The session goes to", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")] // no mark of aws-mfa
    [InlineData("assumed_role = False\n", "[p-short-long-term]\nk = v\n")] // a profile of its own
    [InlineData("assumed_role = False\n", "[p-sts]\nregion = x\n")] // the usual section is there
    [InlineData(
        "assumed_role = False\n",
        "[p-other]\nassumed_role = False\naws_access_key_id = ASIA2\naws_secret_access_key = s\naws_session_token = t\n")] // one of two
    public void Find_SectionWithALikeName_IsNotTaken(string mark, string more = "")
    {
        _home.Credentials = Keys("p") + $"aws_mfa_device = {ScratchHome.Device}\n" + more + Session("p-short", "ASIA1", mark + Later);

        Assert.Null(Find("p"));
        Assert.Equal(("p", "p-sts"), Place(Broker.Prepare(new() { Profile = "p" })));
    }

    [Fact]
    public void List_SessionOfAwsMfaSts_IsTheProfiles()
    {
        _home.Credentials = Keys("p") + Session("p-sts", "ASIA1", string.Empty) + Session("q-sts", "ASIA2", string.Empty);

        Assert.Equal([("p", "p-sts"), ("q-sts", "q-sts")], Store.List(null).Select(session => (session.Profile, session.Section!)));
    }

    [Fact]
    public void Prepare_DifferentKeysInTwoLayouts_IsWarnedAboutWithBothNames()
    {
        _home.Credentials = ScratchHome.LongTermSection("p");
        ScratchHome.Write(_home.StscredsPath, "[p]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = s\n");
        string warning = Assert.Single(Broker.Prepare(new() { Profile = "p" }).Warnings);

        Assert.Contains($"{ScratchHome.KeyId} in [p-long-term] of '{_home.CredentialsPath}' is used", warning, StringComparison.Ordinal);
        Assert.Contains($"not AKIAI44QH8DHBEXAMPLE in [p] of '{_home.StscredsPath}'", warning, StringComparison.Ordinal);

        ScratchHome.Write(_home.StscredsPath, Keys("p"));
        Assert.Empty(Broker.Prepare(new() { Profile = "p" }).Warnings);
    }

    [Fact]
    public void Prepare_KeysUnderASuffixThatNothingProves_NamesTheCommand()
    {
        _home.Credentials = Keys("p-work") + $"aws_mfa_device = {ScratchHome.Device}\n";
        var error = Assert.Throws<MfaException>(() => Broker.Prepare(new() { Profile = "p" })).Error;

        Assert.Equal(MfaErrorId.LongTermCredentialNotFound, error.Id);
        Assert.Contains("Get-MfaSessionToken -Profile p-work -SessionProfile p", error.Remedy, StringComparison.Ordinal);
    }

    private static string Keys(string section) =>
        $"[{section}]\naws_access_key_id = {ScratchHome.KeyId}\naws_secret_access_key = {ScratchHome.Secret}\n";

    private static string Session(string section, string id, string more) =>
        $"[{section}]\naws_access_key_id = {id}\naws_secret_access_key = s\naws_session_token = t\n{more}";

    private static (string Profile, string? Section) Place(SessionPlan plan) => (plan.Profile, plan.Section);

    private MfaSession? Find(string profile) =>
        new SessionPlanner(_home.Files, _home.Environment, _clock).FindStored(new SessionRequest { Profile = profile });

    private Task<SessionResult> Redeem(SessionRequest request) =>
        Broker.RedeemAsync(Broker.Prepare(request), "123456", TestContext.Current.CancellationToken);
}
