using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Sessions;
using MfaSts.Stores;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Sessions;

public sealed class SessionBrokerTests : IDisposable
{
    private const string NoDevice =
        $"[p-long-term]\naws_access_key_id = {ScratchHome.KeyId}\naws_secret_access_key = {ScratchHome.Secret}\n";

    private readonly ScratchHome _home = new();
    private readonly TestClock _clock = new();
    private readonly FakeSts _sts;
    private int _loaded;

    public SessionBrokerTests()
    {
        _sts = new FakeSts(_clock);
        _home.Credentials = ScratchHome.LongTermSection("p");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private SessionBroker Broker => new(_home.Files, _home.Environment, Load, _clock, KeyStores.FileOnly);

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("AKIA")]
    [InlineData("LSIA")]
    public async Task Redeem_EmulatorAnswersAnIdOfItsOwn_TheSessionIsFoundListedRenewedAndRemoved(string prefix)
    {
        _sts.KeyPrefix = prefix;
        var first = (await Broker.RedeemAsync(Broker.Prepare(new() { Profile = "p" }), "123456", Stop)).Session;

        Assert.Equal(first.AccessKeyId, Broker.FindUsable(new() { Profile = "p" })?.AccessKeyId);
        Assert.Equal("p", Assert.Single(new SessionStore(_home.Files, _clock).List(null)).Section);
        var plan = Broker.Prepare(new() { Profile = "p", Force = true });
        Assert.Equal("p", plan.Section);
        var second = (await Broker.RedeemAsync(plan, "123457", Stop)).Session;
        Assert.Equal(second.AccessKeyId, Broker.FindUsable(new() { Profile = "p" })?.AccessKeyId);

        // A long-term key that 'aws configure' puts over it has another ID than the mark.
        string written = _home.Credentials;
        _home.Credentials =
            written.Replace(
                $"aws_access_key_id = {second.AccessKeyId}", "aws_access_key_id = AKIACONFIGURED000000", StringComparison.Ordinal);
        Assert.Equal("p-sts", Broker.Prepare(new() { Profile = "p" }).Section);
        _home.Credentials = written;
        Assert.True(new SessionStore(_home.Files, _clock).Remove("p", Stop));
        Assert.Equal(ScratchHome.LongTermSection("p"), _home.Credentials.TrimEnd('\n') + "\n");
    }

    [Fact]
    public async Task Redeem_FileThatCannotBeWrittenAfterTheAnswer_TheSessionIsUsedAndWrittenLater()
    {
        string before = _home.Credentials;
        TearTheFileBeforeTheAnswer(before);
        var files = _home.Files;
        var broker = new SessionBroker(files, _home.Environment, Load, _clock, KeyStores.FileOnly);

        var result = await broker.RedeemAsync(broker.Prepare(new() { Profile = "p" }), "123456", Stop);

        Assert.Contains("valid but not stored", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(MfaErrorId.StoreUnreadable, files.Credentials.WhyNotStored?.Error.Id);
        Assert.Equal(MfaErrorId.StoreUnreadable, broker.WriteUnstored(Stop)?.Error.Id);

        _home.Credentials = before;
        Assert.Equal(result.Session.AccessKeyId, broker.FindUsable(new() { Profile = "p" })?.AccessKeyId);
        Assert.Equal(before, _home.Credentials);
        Assert.Null(broker.WriteUnstored(Stop));
        Assert.Null(files.Credentials.WhyNotStored);
        Assert.Contains(result.Session.AccessKeyId, _home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_SessionThatCouldNotBeWritten_GoesWithTheNextChangeUnlessANewerOneIsThere()
    {
        string before = _home.Credentials;
        TearTheFileBeforeTheAnswer(before);
        var files = _home.Files;
        var broker = new SessionBroker(files, _home.Environment, Load, _clock, KeyStores.FileOnly);
        var kept = (await broker.RedeemAsync(broker.Prepare(new() { Profile = "p" }), "123456", Stop)).Session;
        string newer = "[p]\naws_access_key_id = ASIANEWER00000000000\naws_secret_access_key = s\naws_session_token = t\n"
            + "expiration = 2026-03-09T00:00:00Z\nmanager = mfasts\n";

        _home.Credentials = before + newer;
        Assert.True(files.Credentials.Update(document => document.Set("other", [new("k", "v")]), Stop));
        Assert.DoesNotContain(kept.AccessKeyId, _home.Credentials, StringComparison.Ordinal);
        Assert.Equal("ASIANEWER00000000000", broker.FindUsable(new() { Profile = "p" })?.AccessKeyId);
        Assert.Null(files.Credentials.WhyNotStored);
    }

    [Fact]
    public async Task FindUsable_SessionThatCouldNotBeWrittenHasExpired_IsForgotten()
    {
        string before = _home.Credentials;
        TearTheFileBeforeTheAnswer(before);
        var files = _home.Files;
        var broker = new SessionBroker(files, _home.Environment, Load, _clock, KeyStores.FileOnly);
        await broker.RedeemAsync(broker.Prepare(new() { Profile = "p" }), "123456", Stop);
        _home.Credentials = before;

        _clock.Now += TimeSpan.FromHours(13);

        Assert.Null(broker.FindUsable(new() { Profile = "p" }));
        Assert.Null(files.Credentials.WhyNotStored);
    }

    [Theory]
    [InlineData("aws_session_expiration")]
    [InlineData("aws_expiration")]
    [InlineData("x_security_token_expires")]
    public async Task Redeem_OtherToolsExpiry_IsReadKeptTrueAndTakenOverFromOurs(string key)
    {
        _home.Credentials += $"\n[p]\naws_access_key_id = ASIAOTHER00000000000\naws_secret_access_key = s\naws_session_token = t\n{key} = "
            + "2026-03-04T20:00:00.000Z\n";
        Assert.Equal("ASIAOTHER00000000000", Broker.FindUsable(new() { Profile = "p" })?.AccessKeyId);

        var session = (await Broker.RedeemAsync(Broker.Prepare(new() { Profile = "p", Force = true }), "123456", Stop)).Session;

        Assert.Contains($"{key} = {session.ExpirationText}\n", _home.Credentials, StringComparison.Ordinal);

        // The other tool again, which knows nothing of our keys.
        _home.Credentials =
            _home.Credentials.Replace(session.AccessKeyId + "\naws_s", "ASIAOTHER00000000001\naws_s", StringComparison.Ordinal)
            .Replace($"{key} = {session.ExpirationText}", $"{key} = 2026-03-04T11:00:00.000Z", StringComparison.Ordinal);
        Assert.Equal(
            new DateTimeOffset(2026, 3, 4, 11, 0, 0, TimeSpan.Zero),
            Assert.Single(new SessionStore(_home.Files, _clock).List(null)).Expiration);
    }

    [Theory]
    [InlineData(301, true)]
    [InlineData(300, false)]
    [InlineData(-1, false)]
    public void FindUsable_StoredSession_IsUsedAboveFiveMinutesWithoutAnyCall(int seconds, bool isUsable)
    {
        StoreSession("ASIASTORED", _clock.Now.AddSeconds(seconds));

        Assert.Equal(
            isUsable,
            Broker.FindUsable(new() { Profile = "p" }) is
            {
                Origin: SessionOrigin.Store, AccessKeyId: "ASIASTORED",
                SerialNumber: ScratchHome.Device
            });
        Assert.Equal(0, _loaded);
        Assert.False(Directory.Exists(Path.Combine(_home.AwsFolder, ".mfasts")));
    }

    [Theory]
    [InlineData(ScratchHome.KeyId, true)]
    [InlineData("AKIAANOTHERKEY000000", false)]
    public void FindUsable_SessionOfAnEmulatorWithTheIdOfALongTermKey_IsOneWhereItIsMarked(string marked, bool isUsable)
    {
        _home.Credentials = ScratchHome.LongTermSection("p")
            + $"\n[p]\naws_access_key_id = {ScratchHome.KeyId}\naws_secret_access_key = s\naws_session_token = t\nexpiration = "
            + "2026-03-04T20:00:00Z\nmanager = mfasts\n"
            + $"mfasts_key = {marked} 2026-03-04T20:00:00Z\n";

        Assert.Equal(isUsable, Broker.FindUsable(new() { Profile = "p" }) is not null);
    }

    [Fact]
    public void FindUsable_OtherMinimumOrForce_AreHeard()
    {
        StoreSession("ASIASTORED", _clock.Now.AddHours(1));

        Assert.Null(Broker.FindUsable(new() { Profile = "p", MinimumRemaining = TimeSpan.FromHours(1) }));
        Assert.NotNull(Broker.FindUsable(new() { Profile = "p", MinimumRemaining = TimeSpan.FromMinutes(59) }));
        Assert.Null(Broker.FindUsable(new() { Profile = "p", Force = true }));
        _clock.Advance(TimeSpan.FromHours(2));
        Assert.Null(Broker.FindUsable(new() { Profile = "p", MinimumRemaining = TimeSpan.FromHours(-1) }));
    }

    [Fact]
    public void ProfileWithoutDevice_AnySource_IsHeardWithoutACall()
    {
        Assert.Null(Broker.ProfileWithoutDevice(new() { Profile = "p" }));
        _home.Credentials = NoDevice;
        Assert.Equal("p", Broker.ProfileWithoutDevice(new() { Profile = "p" }));
        Assert.Null(Broker.ProfileWithoutDevice(new() { Profile = "p", SerialNumber = ScratchHome.Device }));
        _home.Config = $"[profile p]\nmfa_serial = {ScratchHome.Device}\n";
        Assert.Null(Broker.ProfileWithoutDevice(new() { Profile = "p" }));
        _home.Config = string.Empty;
        _home.Variables["MFA_DEVICE"] = ScratchHome.Device;
        Assert.Null(Broker.ProfileWithoutDevice(new() { Profile = "p" }));
        Assert.Equal(0, _loaded);
    }

    [Fact]
    public void ProfileWithoutDevice_SomethingElseIsWrong_IsRefusedBeforeAnybodyIsAsked()
    {
        _home.Credentials = NoDevice + "[q-long-term]\naws_access_key_id = ASIAX\naws_secret_access_key = x\n";

        Assert.Equal(MfaErrorId.DurationOutOfRange, Refused(new() { Profile = "p", Duration = TimeSpan.FromMinutes(10) }));
        Assert.Equal(MfaErrorId.LongTermCredentialNotFound, Refused(new() { Profile = "absent" }));
        Assert.Equal(MfaErrorId.AccessKeyMalformed, Refused(new() { Profile = "q" }));

        MfaErrorId Refused(SessionRequest request) => Assert.Throws<MfaException>(() => Broker.ProfileWithoutDevice(request)).Error.Id;
    }

    [Fact]
    public async Task RedeemAsync_Code_IsSentOnceAndTheSessionStored()
    {
        var plan = Broker.Prepare(new() { Profile = "p", Duration = TimeSpan.FromHours(8) });
        var result = await Broker.RedeemAsync(plan, "123 456", Stop);

        Assert.Equal(1, _sts.Calls);
        Assert.Equal(
            ("123456", ScratchHome.Device, TimeSpan.FromHours(8), ScratchHome.KeyId),
            (_sts.LastCode, _sts.LastSerialNumber, _sts.LastDuration, _sts.LastCall!.AccessKeyId));
        Assert.Equal((SessionOrigin.Sts, _clock.Now.AddHours(8)), (result.Session.Origin, result.Session.Expiration));
        Assert.Empty(result.Warnings);
        Assert.Equal(result.Session.SessionToken, Broker.FindUsable(new() { Profile = "p" })!.SessionToken);
    }

    [Theory]
    [InlineData("123456")]
    [InlineData("12345")]
    public async Task RedeemAsync_AnotherSessionArrivedMeanwhile_GivesItAndDropsTheCodeUnsent(string code)
    {
        var plan = Broker.Prepare(new() { Profile = "p" });
        StoreSession("ASIAOTHER", _clock.Now.AddHours(1));

        var result = await Broker.RedeemAsync(plan, code, Stop);

        Assert.Equal(("ASIAOTHER", 0, 0), (result.Session.AccessKeyId, _sts.Calls, _loaded));
        Assert.True(
            new UsedCodeGuard(_home.Files.Credentials.MakeFolders(), _clock).TryRecord(
                ScratchHome.Device, ScratchHome.Secret, "123456", Stop));
    }

    [Fact]
    public async Task RedeemAsync_AnotherSessionArrivedButExpiresSoon_SendsTheCode()
    {
        var plan = Broker.Prepare(new() { Profile = "p" });
        StoreSession("ASIAOTHER", _clock.Now.AddMinutes(4));

        Assert.Equal("ASIANEW0000000000001", (await Broker.RedeemAsync(plan, "123456", Stop)).Session.AccessKeyId);
    }

    [Fact]
    public async Task RedeemAsync_Force_ReplacesTheStoredSessionButTakesOneThatIsNewer()
    {
        StoreSession("ASIASTORED", _clock.Now.AddHours(1));
        var plan = Broker.Prepare(new() { Profile = "p", Force = true });

        Assert.Equal("ASIANEW0000000000001", (await Broker.RedeemAsync(plan, "123456", Stop)).Session.AccessKeyId);
        Assert.Equal("ASIANEW0000000000001", (await Broker.RedeemAsync(plan, "654321", Stop)).Session.AccessKeyId);
        Assert.Equal(1, _sts.Calls);
    }

    [Fact]
    public async Task RedeemAsync_TwentyAtOnce_CallOnceAndGiveTheSameSession()
    {
        StoreSession("ASIAOLD", _clock.Now.AddSeconds(-1));
        _sts.Meanwhile = stop => Task.Delay(20, stop);
        using var start = new ManualResetEventSlim();
        var asking = Enumerable.Range(0, 20).Select(i => Task.Factory.StartNew(
            () =>
            {
                var plan = Broker.Prepare(new() { Profile = "p" });
                start.Wait(Stop);
                return Broker.RedeemAsync(plan, $"1234{i:D2}", Stop).GetAwaiter().GetResult().Session;
            },
            Stop,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToList();
        start.Set();
        var sessions = await Task.WhenAll(asking);

        Assert.Equal(1, _sts.Calls);
        Assert.Equal(20, sessions.Length);
        Assert.Single(
            sessions.Select(
                session => (session.AccessKeyId, session.SecretAccessKey, session.SessionToken, session.Expiration)).Distinct());
    }

    [OnUnix]
    [Fact]
    public void RedeemAsync_SeveralProcesses_CallOnce()
    {
        Machine.NeedsUnix();
        _home.Credentials = ScratchHome.LongTermSection("p");
        var workers = Enumerable.Range(0, 5).Select(i => Machine.StartWorker("redeem", _home.AwsFolder, $"12345{i}")).ToList();
        workers.ForEach(worker => Assert.Equal("ready", worker.StandardOutput.ReadLine()));
        workers.ForEach(worker => worker.StandardInput.WriteLine());

        Assert.Single(Machine.Finish(workers).Distinct());
        Assert.Equal("call\n", File.ReadAllText(Path.Combine(_home.AwsFolder, "calls")));
    }

    [Fact]
    public async Task RedeemAsync_SameCodeAgain_IsNotSentForThreeMinutes()
    {
        await Redeem("123456", force: true);
        _clock.Advance(TimeSpan.FromSeconds(179));
        var error = (await Assert.ThrowsAsync<MfaException>(() => Redeem("123456", force: true))).Error;
        Assert.Equal((MfaErrorId.TokenCodeAlreadyUsed, 1), (error.Id, _sts.Calls));

        _clock.Advance(TimeSpan.FromSeconds(1));
        await Redeem("123456", force: true);
        Assert.Equal(2, _sts.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RedeemAsync_Failure_SparesTheCodeOnlyWhenNothingWasSent(bool nothingWasSent)
    {
        _sts.Failure = MfaErrors.StsUnreachable("p", "https://sts", "no route", nothingWasSent);
        string before = _home.Credentials;
        await Assert.ThrowsAsync<MfaException>(() => Redeem("123456"));
        Assert.Equal(before, _home.Credentials);

        _sts.Failure = null;
        var again = await Record.ExceptionAsync(() => Redeem("123456"));
        Assert.Equal(nothingWasSent ? null : MfaErrorId.TokenCodeAlreadyUsed, (again as MfaException)?.Error.Id);
    }

    [Fact]
    public async Task RedeemAsync_GatewayThatCannotBeLoaded_SparesTheCode()
    {
        var plan = Broker.Prepare(new() { Profile = "p" });
        var broken =
            new SessionBroker(_home.Files, _home.Environment, () => throw new InvalidOperationException(), _clock, KeyStores.FileOnly);
        await Assert.ThrowsAsync<InvalidOperationException>(() => broken.RedeemAsync(plan, "123456", Stop));

        Assert.NotNull((await Redeem("123456")).Session);
    }

    [Fact]
    public async Task RedeemAsync_MalformedCode_IsRefusedBeforeAnything()
    {
        var plan = Broker.Prepare(new() { Profile = "p" });

        Assert.Equal(
            MfaErrorId.TokenCodeMalformed,
            (await Assert.ThrowsAsync<MfaException>(() => Broker.RedeemAsync(plan, "12345", Stop))).Error.Id);
        Assert.Equal(0, _loaded);
    }

    [Fact]
    public async Task RedeemAsync_CancelledDuringTheCall_WritesNothing()
    {
        string before = _home.Credentials;
        using var stop = new CancellationTokenSource();
        _sts.Meanwhile = async token =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
        };
        var plan = Broker.Prepare(new() { Profile = "p" });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Broker.RedeemAsync(plan, "123456", stop.Token));
        Assert.Equal(before, _home.Credentials);
    }

    [Fact]
    public async Task RedeemAsync_CancelledJustBeforeTheAnswer_WritesNothing()
    {
        string before = _home.Credentials;
        using var stop = new CancellationTokenSource();
        _sts.Meanwhile = _ => stop.CancelAsync();
        var plan = Broker.Prepare(new() { Profile = "p" });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Broker.RedeemAsync(plan, "123456", stop.Token));
        Assert.Equal(before, _home.Credentials);
    }

    [Fact]
    public async Task RedeemAsync_CancelledWhileAnotherCalls_EndsAtOnceAndSendsNothing()
    {
        using var held = MfaSts.Files.FileLock.TryTake(_home.Files.Credentials.MakeFolders().File("session", "p"));
        using var stop = new CancellationTokenSource(50);
        var plan = Broker.Prepare(new() { Profile = "p" });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Broker.RedeemAsync(plan, "123456", stop.Token));
        Assert.Equal(0, _sts.Calls);
    }

    [Theory]
    [InlineData(59, null)]
    [InlineData(60, "1m behind")]
    [InlineData(-840, "14m ahead of")]
    public async Task RedeemAsync_ServiceTime_TellsAWrongClock(int seconds, string? words)
    {
        _sts.Skew = TimeSpan.FromSeconds(seconds);
        var result = await Redeem("123456");

        Assert.Equal(words is null, result.Warnings.Count == 0);
        Assert.True(words is null || result.Warnings[0].Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Redeem_ClockIsBehind_TheTimeLeftIsTheServices()
    {
        _sts.Skew = TimeSpan.FromMinutes(14);
        var session = (await Redeem("123456")).Session;

        Assert.Equal(session.Expiration - (_clock.Now + _sts.Skew), session.Remaining);
    }

    [OnUnix]
    [Fact]
    public void Prepare_FileThatCannotBeWritten_FailsBeforeACodeIsAsked()
    {
        Machine.NeedsUser();
        Unix.SetMode(_home.CredentialsPath, UnixFileMode.UserRead);

        Assert.Equal(MfaErrorId.StoreAccessDenied, Assert.Throws<MfaException>(() => Broker.Prepare(new() { Profile = "p" })).Error.Id);
    }

    [Fact]
    public void Prepare_NothingStoredYet_MakesNoFolder()
    {
        Directory.Delete(_home.AwsFolder, recursive: true);

        Assert.Equal(
            MfaErrorId.LongTermCredentialNotFound, Assert.Throws<MfaException>(() => Broker.Prepare(new() { Profile = "p" })).Error.Id);
        Assert.False(Directory.Exists(_home.AwsFolder));
    }

    [OnUnix]
    [Fact]
    public void Prepare_FullDisk_FailsBeforeACodeIsAsked()
    {
        using var mount = Mount.Tiny(_home.AwsFolder);
        _home.Credentials = ScratchHome.LongTermSection("p");
        Broker.Prepare(new() { Profile = "p" });
        File.WriteAllBytes(Path.Combine(_home.AwsFolder, "filler"), new byte[8 * 1024]);

        Assert.Equal(MfaErrorId.StoreFull, Assert.Throws<MfaException>(() => Broker.Prepare(new() { Profile = "p" })).Error.Id);
    }

    [Fact]
    public void BeginAsking_Twice_TellsTheSecondWhoAsksAndBlocksNobody()
    {
        var plan = Broker.Prepare(new() { Profile = "p" });
        using (var first = Broker.BeginAsking(plan))
        {
            Assert.Null(first.OtherHolder);
            using var second = Broker.BeginAsking(plan);
            Assert.Contains($"process {Environment.ProcessId}", second.OtherHolder, StringComparison.Ordinal);
        }

        using var third = Broker.BeginAsking(plan);
        Assert.Null(third.OtherHolder);
    }

    // Once STS has answered, nothing can be written until somebody mends the file.
    private void TearTheFileBeforeTheAnswer(string before) => _sts.Meanwhile = _ =>
    {
        _home.Credentials = before + "[torn\n";
        return Task.CompletedTask;
    };

    private FakeSts Load()
    {
        _loaded++;
        return _sts;
    }

    // What 'aws configure' makes of a section with a session of ours: new keys, and the old token still there.
    [Fact]
    public async Task Redeem_LongTermKeyWasPutOverASession_KeepsTheKeyAndTakesTheRestAway()
    {
        const string key = "aws_access_key_id = AKIANEWKEY0000000000\naws_secret_access_key = new\n";
        _home.Credentials += "[p]\n" + key + "aws_session_token = t\nexpiration = 2020-01-01T00:00:00Z\nmanager = mfasts\n";

        var session = (await Redeem("123456")).Session;

        Assert.Equal("p-sts", session.Section);
        Assert.Contains("[p]\n" + key + "\n[p-sts]", _home.Credentials, StringComparison.Ordinal);
        Assert.Single(new SessionStore(_home.Files, _clock).List(null));
    }

    [Theory]
    [InlineData("[p-sts]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = x\n", "")]
    [InlineData("", "[profile p-sts]\ncredential_process = other\n")]
    public void Prepare_OwnSectionIsTaken_IsRefusedBeforeACodeIsAsked(string credentials, string config)
    {
        _home.Credentials =
            "[p]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\naws_mfa_device = " + ScratchHome.Device
                + "\n" + credentials;
        _home.Config = config;
        string before = _home.Credentials;

        Assert.Equal(MfaErrorId.ProfileUnsuitable, Assert.Throws<MfaException>(() => Broker.Prepare(new() { Profile = "p" })).Error.Id);
        Assert.Equal(before, _home.Credentials);
    }

    [Fact]
    public async Task Redeem_OwnSectionIsTakenMeanwhile_SendsNothing()
    {
        _home.Credentials =
            "[p]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\naws_mfa_device = " + ScratchHome.Device + "\n";
        var plan = Broker.Prepare(new() { Profile = "p" });
        _home.Credentials += "[p-sts]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = x\n";

        var error = await Assert.ThrowsAsync<MfaException>(() => Broker.RedeemAsync(plan, "123456", Stop));

        Assert.Equal((MfaErrorId.ProfileUnsuitable, 0), (error.Error.Id, _sts.Calls));
    }

    [Fact]
    public void Prepare_ValueThatCannotBeChanged_IsToldBeforeACodeIsAsked()
    {
        _home.Credentials += "[p]\naws_access_key_id = ASIAX\naws_secret_access_key = s\naws_session_token = t\n  more\nexpiration = "
            + "2020-01-01T00:00:00Z\n";

        Assert.Equal(MfaErrorId.StoreUnreadable, Assert.Throws<MfaException>(() => Broker.Prepare(new() { Profile = "p" })).Error.Id);
    }

    [Fact]
    public void FindUsable_Region_IsTheDevicesPartitions()
    {
        StoreSession("ASIASTORED", _clock.Now.AddHours(1));
        _home.Credentials = _home.Credentials.Replace("arn:aws:", "arn:aws-cn:", StringComparison.Ordinal);
        _home.Config = "[profile p]\nregion = cn-northwest-1\n";
        _home.Variables["AWS_REGION"] = "us-east-1";

        Assert.Equal("cn-northwest-1", Broker.FindUsable(new() { Profile = "p" })!.Region);
        Assert.Equal(
            MfaErrorId.RegionMismatch,
            Assert.Throws<MfaException>(() => Broker.FindUsable(new() { Profile = "p", Region = "us-east-1" })).Error.Id);
    }

    [Fact]
    public void FindUsable_SessionBesideAFreeSection_IsUsed()
    {
        _home.Credentials += "[p-sts]\naws_access_key_id = ASIAX\naws_secret_access_key = s\naws_session_token = t\nexpiration = "
            + $"{ExpirationText.Format(_clock.Now.AddHours(1))}\nmanager = mfasts\n";

        Assert.Equal("p-sts", Broker.FindUsable(new() { Profile = "p" })!.Section);
        _home.Credentials += ScratchHome.LongTermSection("p-sts");
        Assert.Null(Broker.FindUsable(new() { Profile = "p" }));
        Assert.Equal("p-sts", Assert.Single(new SessionStore(_home.Files, _clock).List(null)).Profile);
    }

    private Task<SessionResult> Redeem(string code, bool force = false) =>
        Broker.RedeemAsync(Broker.Prepare(new() { Profile = "p", Force = force }), code, Stop);

    private void StoreSession(string id, DateTimeOffset expiration) => _home.Credentials = ScratchHome.LongTermSection("p")
        + $"[p]\naws_access_key_id = {id}\naws_secret_access_key = s\naws_session_token = t\nexpiration = "
        + $"{ExpirationText.Format(expiration)}\n";
}
