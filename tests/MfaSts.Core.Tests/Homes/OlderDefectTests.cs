using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Sessions;
using MfaSts.Stores;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Homes;

/// <summary>What the older systems are known to damage or to refuse, one test each.</summary>
public sealed class OlderDefectTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly ScratchHome _home = new();
    private readonly TestClock _clock = new();
    private readonly FakeSts _sts;

    public OlderDefectTests() => _sts = new FakeSts(_clock);

    private SessionBroker Broker => new(_home.Files, _home.Environment, () => _sts, _clock, KeyStores.FileOnly);

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task CommentsStripped_HereEveryOneStays()
    {
        const string before = """
            # head
            ; second
            [p]
            # above a key
            aws_access_key_id = ASIAOLD
            aws_secret_access_key = old
            ; between
            aws_session_token = old
            # under the last key

            # above the next section
            [p-long-term] # behind a header
            aws_access_key_id = {key}
            aws_secret_access_key = {secret}
            aws_mfa_device = {device}
            # tail, without a line end
            """;
        _home.Credentials = OlderHome.Fill(before, string.Empty, string.Empty);

        await Renew();

        Assert.Equal(
            OlderHome.Fill(before, string.Empty, string.Empty)
                .Replace("ASIAOLD", "ASIANEW0000000000001", StringComparison.Ordinal)
                .Replace("key = old", "key = new-secret-1", StringComparison.Ordinal)
                .Replace(
                    "token = old", "token = new-token-1\nexpiration = 2026-03-04T22:00:00Z\nmanager = mfasts", StringComparison.Ordinal),
            _home.Credentials);
    }

    [Fact]
    public async Task NestedBlocksFlattened_HereTheyStayBelowTheirKey()
    {
        const string block =
            "s3 =\n  max_concurrent_requests = 20\n  aws_session_token = not a token\napi_versions =\n\tec2 = 2015-03-01\n";
        _home.Credentials = ScratchHome.LongTermSection("p") + "[p]\n" + block + OldSession(string.Empty) + "[q]\n" + block;

        await Renew();

        Assert.Equal(
            ScratchHome.LongTermSection("p") + "[p]\n" + block + NewSession
                + "expiration = 2026-03-04T22:00:00Z\nmanager = mfasts\n[q]\n" + block,
            _home.Credentials);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[last]\nregion = x\n")]
    [InlineData("# only a comment behind it\n")]
    public async Task SessionTokenNotWrittenUnlessLast_HereItIsWrittenWhereverTheSectionStands(string behind)
    {
        // As AWS-recipes leaves it.
        _home.Credentials =
            $"[p]\naws_access_key_id = ASIAOLD\naws_secret_access_key = old\naws_mfa_serial = {ScratchHome.Device}\n{behind}"
            + $"[p-nomfa]\naws_access_key_id = {ScratchHome.KeyId}\naws_secret_access_key = {ScratchHome.Secret}\naws_mfa_serial = "
            + $"{ScratchHome.Device}\n{behind.Replace("last", "very-last", StringComparison.Ordinal)}";

        await Renew();

        Assert.Equal((OlderHome.StillValid, "ASIANEW0000000000001"), OlderReading.Sdk(_home.Credentials, "p"));
        Assert.Equal(("long-term", ScratchHome.KeyId), OlderReading.Sdk(_home.Credentials, "p-nomfa"));
        Assert.Equal(ScratchHome.KeyId, _sts.LastCall!.AccessKeyId);
    }

    [Theory]
    [InlineData("p-long-term")]
    [InlineData("p-nomfa")]
    [InlineData("p")]
    public async Task SecretCutAtAnEqualSign_HereItIsWhole(string section)
    {
        const string secret = "wJalrXUtnFEMI/K7MDENG=bPxRfiCY=EXAMPLEKE=";
        _home.Credentials =
            $"[{section}]\naws_access_key_id={ScratchHome.KeyId}\naws_secret_access_key={secret}\naws_mfa_device={ScratchHome.Device}\n";

        await Renew();
        Assert.Equal(secret, _sts.LastCall!.SecretAccessKey);

        var importer = new LongTermCredentialImporter(_home.Files, KeyStores.FileOnly);
        foreach (var credential in importer.Find("p", KeyStoreName.File))
        {
            await importer.ImportAsync(credential, KeyStoreName.File, TestContext.Current.CancellationToken);
        }

        Assert.Equal(secret, _home.LongTerm.Find("p")!.SecretAccessKey);
    }

    [OnUnix]
    [Fact]
    public async Task ModeOpened_HereA0600FileStaysSoAndANewOneIsSo()
    {
        Machine.NeedsUnix();
        ScratchHome.Write(_home.NoMfaPath, "[p]\n" + LongTerm + $"aws_mfa_serial = {ScratchHome.Device}\n");
        ScratchHome.Write(_home.StscredsPath, "[p]\n" + LongTerm + "temp_credentials_expire = 2020-01-01T00:00:00Z\n");

        await Renew();
        await Renew("654321", force: true);
        Assert.All([_home.CredentialsPath, _home.NoMfaPath, _home.StscredsPath], path => Assert.Equal(OwnerOnly, Unix.Mode(path)));

        var importer = new LongTermCredentialImporter(_home.Files, KeyStores.FileOnly);
        foreach (var credential in importer.Find("p", KeyStoreName.File))
        {
            await importer.ImportAsync(credential, KeyStoreName.File, TestContext.Current.CancellationToken);
        }

        Assert.All([_home.CredentialsPath, _home.NoMfaPath, _home.StscredsPath], path => Assert.Equal(OwnerOnly, Unix.Mode(path)));
    }

    [Theory]
    [InlineData("2026-03-29 02:30:00", "Europe/Berlin")] // a local time that does not exist
    [InlineData("2026-10-25 02:30:00", "Europe/Berlin")] // one that exists twice
    [InlineData("2026-07-01 12:00:00", "America/New_York")]
    [InlineData("2026-01-01 12:00:00", "Asia/Kolkata")]
    public void TimeZoneErrors_HereATimeWithoutZoneIsUtcWhereverTheMachineStands(string text, string zone)
    {
        Assert.SkipUnless(File.Exists("/usr/share/zoneinfo/" + zone), "the machine has no time zone data");

        Assert.Equal(
            text.Replace(' ', 'T') + "Z",
            Machine.Run("env", "TZ=" + zone, Machine.WorkerPath, "worker", "expiration", text, "mfasts")?.Trim());
    }

    [Theory]
    [InlineData("2026-03-04T22:00:00Z")]
    [InlineData("2026-03-04T22:00:00+00:00")]
    [InlineData("2026-03-04T23:00:00+01:00")]
    [InlineData("2026-03-04T22:00:00.000Z")]
    [InlineData("2026-03-04 22:00:00+00:00")]
    public void IsoExpirationThatCrashed_HereIsATime(string expiration)
    {
        _home.Credentials = ScratchHome.LongTermSection("p")
            + "[p]\nassumed_role = False\n" + OldSession($"aws_security_token = old\nexpiration = {expiration}\n");

        Assert.Equal(new DateTimeOffset(2026, 3, 4, 22, 0, 0, TimeSpan.Zero), Broker.FindUsable(new() { Profile = "p" })!.Expiration);
    }

    [Theory]
    [InlineData("2026-03-04T09:00:00Z")]
    [InlineData("2026-03-04T09:00:00+00:00")]
    [InlineData("")]
    [InlineData("nonsense")]
    public async Task IsoExpirationThatCrashedAwsMfa_IsPutIntoTheFormThatItReads(string expiration)
    {
        _home.Credentials = ScratchHome.LongTermSection("p")
            + "[p]\nassumed_role = False\n" + OldSession($"aws_security_token = old\nexpiration = {expiration}\n");

        await Renew();

        Assert.Equal(OlderHome.StillValid, OlderReading.AwsMfa(_home.Credentials, "p-long-term", "p", _clock.Now));
    }

    [Fact]
    public async Task ProfileMissingForAwsProfile_HereItIsMadeByTheFirstSession()
    {
        _home.Credentials = ScratchHome.LongTermSection("absent");
        _home.Variables["AWS_PROFILE"] = "absent";

        string profile = new SessionStore(_home.Files, _clock).DefaultProfile(_home.Environment);
        var session =
            (await Broker.RedeemAsync(Broker.Prepare(new() { Profile = profile }), "123456", TestContext.Current.CancellationToken))
                .Session;

        Assert.Equal(("absent", "absent"), (session.Profile, session.Section));
        Assert.Equal((OlderHome.StillValid, session.AccessKeyId), OlderReading.Sdk(_home.Credentials, "absent"));
    }

    [Theory]
    [InlineData("arn:aws-us-gov:iam::123456789012:mfa/alice", "us-gov-west-1")]
    [InlineData("arn:aws-cn:iam::123456789012:mfa/alice", "cn-north-1")]
    public async Task GovCloudAndChinaRefused_HereTheirDeviceIsSentToTheirRegion(string device, string region)
    {
        foreach (string layout in (string[])["[p-long-term]\naws_mfa_device", "[p-nomfa]\naws_mfa_serial", "[p]\nmfa_serial"])
        {
            _home.Credentials = $"{layout} = {device}\n{LongTerm}";
            var result =
                await Broker.RedeemAsync(Broker.Prepare(new()
                {
                    Profile = "p",
                    Force = true,
                }), $"12345{_sts.Calls}", TestContext.Current.CancellationToken);

            Assert.Equal((device, region, "123456789012"), (_sts.LastSerialNumber, _sts.LastCall!.Region, result.Session.AccountId));
        }

        Assert.Equal(3, _sts.Calls);
    }

    [Fact]
    public async Task SuccessToldOnFailure_HereEveryRefusalIsAnErrorAndTheFileIsAsItWas()
    {
        _home.Credentials = ScratchHome.LongTermSection("p") + "[p]\n" + OldSession("expiration = 2020-01-01 00:00:00\n");
        string before = _home.Credentials;

        _sts.Failure = MfaErrors.TokenCodeRejected("p", ScratchHome.Device, "invalid MFA one time pass code");
        Assert.Equal(MfaErrorId.TokenCodeRejected, (await Assert.ThrowsAsync<MfaException>(() => Renew())).Error.Id);
        Assert.Equal(
            MfaErrorId.LongTermCredentialNotFound,
            Assert.Throws<MfaException>(() => Broker.Prepare(new() { Profile = "absent" })).Error.Id);
        Assert.Equal(before, _home.Credentials);
    }

    private const string LongTerm = $"aws_access_key_id = {ScratchHome.KeyId}\naws_secret_access_key = {ScratchHome.Secret}\n";

    private const string NewSession =
        "aws_access_key_id = ASIANEW0000000000001\naws_secret_access_key = new-secret-1\naws_session_token = new-token-1\n";

    private static string OldSession(string more) =>
        "aws_access_key_id = ASIAOLD\naws_secret_access_key = old\naws_session_token = old\n" + more;

    private Task<SessionResult> Renew(string code = "123456", bool force = false) => Broker.RedeemAsync(
        Broker.Prepare(new()
        {
            Profile = "p",
            SerialNumber = ScratchHome.Device,
            Force = force,
        }), code, TestContext.Current.CancellationToken);
}
