using MfaSts.Sessions;
using MfaSts.Stores;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Homes;

/// <summary>
/// A home of each older system gives a session at the first call, the system reads its own files as well afterwards, and they differ only
/// in the session.
/// </summary>
public sealed class OlderHomeTests : IDisposable
{
    private const string Past = "2026-03-04T09:59:59Z";

    private readonly ScratchHome _home = new();
    private readonly TestClock _clock = new();
    private readonly FakeSts _sts;

    public OlderHomeTests() => _sts = new FakeSts(_clock);

    public static TheoryData<string> Names { get; } = [.. OlderHome.All.Select(home => home.Name)];

    public static TheoryData<string> NamesOfThoseThatTellTheEnd { get; } =
        [.. OlderHome.All.Where(home => home.ValidSession is not null).Select(home => home.Name)];

    // aws-mfa writes one beside its keys, and the later AWS-recipes renew one that they find.
    public static TheoryData<string> NamesOfThoseThatKeepNoExpiry { get; } =
        [.. OlderHome.All.Where(home => home.ValidSession is null || home.Files.ContainsKey(OlderHome.StscredsFile)).Where(
            home => home.NewSession.Contains("mfasts_key", StringComparison.Ordinal)).Select(home => home.Name)];

    private SessionBroker Broker => new(_home.Files, _home.Environment, () => _sts, _clock, KeyStores.FileOnly);

    public void Dispose() => _home.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task FirstCall_WithoutAUsableSession_CostsOneCodeAndChangesOnlyTheSession(string name)
    {
        var home = Lay(name, older => older.Session, Past);

        Assert.Null(Broker.FindUsable(home.Request));
        var session = (await Broker.RedeemAsync(Broker.Prepare(home.Request), "123456", TestContext.Current.CancellationToken)).Session;

        Assert.Equal(
            (1, ScratchHome.KeyId, ScratchHome.Secret, ScratchHome.Device),
            (_sts.Calls, _sts.LastCall!.AccessKeyId, _sts.LastCall.SecretAccessKey, _sts.LastSerialNumber));
        Assert.Equal((home.Request.Profile, home.Section), (session.Profile, session.Section));
        AssertFiles(home, home.NewSession, "2026-03-04T22:00:00Z");
        Assert.Equal(session.AccessKeyId, Broker.FindUsable(new() { Profile = home.Request.Profile })!.AccessKeyId);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task OlderSystemBeside_AfterANewSession_TakesIt(string name)
    {
        var home = Lay(name, older => older.Session, Past);
        var session = (await Broker.RedeemAsync(Broker.Prepare(home.Request), "123456", TestContext.Current.CancellationToken)).Session;

        // Before aws-mfa has got a session itself, it has no marks of its own that could be kept true.
        string expected = home.Session.Length == 0 && name.StartsWith("aws-mfa", StringComparison.Ordinal)
            ? "missing or invalid"
            : OlderHome.StillValid;
        Assert.Equal((expected, session.AccessKeyId), home.Read(Content, _clock.Now));
    }

    [Theory]
    [MemberData(nameof(NamesOfThoseThatTellTheEnd))]
    public void FirstCall_SessionOfTheOlderSystemStillValid_IsUsedWithoutACode(string name)
    {
        var home = Lay(name, older => older.ValidSession!, "2026-03-04T10:05:01Z");

        var session = Broker.FindUsable(home.Request)!;

        Assert.Equal(
            ("ASIAOLD0000000000001", "old-secret", "old-token", home.Section),
            (session.AccessKeyId, session.SecretAccessKey, session.SessionToken, session.Section));
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 10, 5, 1, TimeSpan.Zero), session.Expiration);
        Assert.Equal((OlderHome.StillValid, session.AccessKeyId), home.Read(Content, _clock.Now));
        AssertFiles(home, home.ValidSession!, "2026-03-04T10:05:01Z");

        // Five minutes are too few for MfaSts.
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Broker.FindUsable(home.Request));
    }

    [Theory]
    [MemberData(nameof(NamesOfThoseThatTellTheEnd))]
    public async Task SessionOfMfaSts_RenewedByTheOlderSystem_IsUsed(string name)
    {
        var home = Lay(name, older => older.Session, Past);
        await Broker.RedeemAsync(Broker.Prepare(home.Request), "123456", TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromHours(11.99));

        // It changes what it knows, and leaves manager and the like.
        foreach (string file in home.Files.Keys)
        {
            ScratchHome.Write(PathOf(file), Overwritten(Content(file))
                .Replace("= 2026-03-04 22:00:00", "= 2026-03-05 10:00:00", StringComparison.Ordinal)
                .Replace("= 2026-03-04T22:00:00Z", "= 2026-03-05T10:00:00Z", StringComparison.Ordinal));
        }

        var session = Broker.FindUsable(new() { Profile = home.Request.Profile })!;

        Assert.Equal(("ASIATHEIRS0000000001", "their-token"), (session.AccessKeyId, session.SessionToken));
        Assert.Equal(1, _sts.Calls);
    }

    [Theory]
    [MemberData(nameof(NamesOfThoseThatKeepNoExpiry))]
    public async Task SessionOfMfaSts_OverwrittenByASystemThatKeepsNoExpiry_IsNotTakenForAsLongLived(string name)
    {
        var home = Lay(name, older => older.Session, Past);
        await Broker.RedeemAsync(Broker.Prepare(home.Request), "123456", TestContext.Current.CancellationToken);
        string written = _home.Credentials;
        _home.Credentials = Overwritten(written);
        if (home.Files.ContainsKey(OlderHome.StscredsFile))
        {
            ScratchHome.Write(
                _home.StscredsPath, File.ReadAllText(_home.StscredsPath).Replace("T22:00:00Z", "T10:30:00Z", StringComparison.Ordinal));
            Assert.Equal(new DateTimeOffset(2026, 3, 4, 10, 30, 0, TimeSpan.Zero), Broker.FindUsable(home.Request)!.Expiration);
            _clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Null(Broker.FindUsable(home.Request));
        Assert.Equal(
            "ASIATHEIRS0000000001",
            Assert.Single(new SessionStore(_home.Files, _clock).List(null), info => info.Section == home.Section).AccessKeyId);
        var again = (await Broker.RedeemAsync(Broker.Prepare(home.Request), "654321", TestContext.Current.CancellationToken)).Session;
        Assert.Equal((2, again.AccessKeyId), (_sts.Calls, Broker.FindUsable(home.Request)!.AccessKeyId));
        Assert.Equal(written.Split('\n').Length, _home.Credentials.Split('\n').Length);
    }

    private static string Overwritten(string credentials) => credentials
        .Replace("= ASIANEW0000000000001\n", "= ASIATHEIRS0000000001\n", StringComparison.Ordinal)
        .Replace("new-secret-1", "their-secret", StringComparison.Ordinal)
        .Replace("new-token-1", "their-token", StringComparison.Ordinal);

    private OlderHome Lay(string name, Func<OlderHome, string> session, string expiry)
    {
        var home = OlderHome.All.Single(older => older.Name == name);
        foreach ((string file, string template) in home.Files)
        {
            ScratchHome.Write(PathOf(file), OlderHome.Fill(template, session(home), expiry));
        }

        return home;
    }

    private void AssertFiles(OlderHome home, string session, string expiry)
    {
        foreach ((string file, string template) in home.Files)
        {
            Assert.Equal(OlderHome.Fill(template, session, expiry), Content(file));
        }

        var files =
            Directory.EnumerateFiles(_home.Root, "*", SearchOption.AllDirectories)
                .Where(path => !path.Contains(".mfasts", StringComparison.Ordinal));
        Assert.Equal(home.Files.Keys.Select(PathOf).Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
    }

    private string PathOf(string file) => _home.At(file.Split('/'));

    private string Content(string file) => File.ReadAllText(PathOf(file));
}
