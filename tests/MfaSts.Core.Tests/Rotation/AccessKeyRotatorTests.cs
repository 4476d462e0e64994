using MfaSts.Errors;
using MfaSts.Rotation;
using MfaSts.Stores;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Rotation;

public sealed class AccessKeyRotatorTests : IDisposable
{
    private readonly ScratchHome _home = new();
    private readonly FakeIam _aws = new() { AccessKeys = { [ScratchHome.KeyId] = true } };
    private readonly TestClock _clock = new();
    private readonly List<TimeSpan> _pauses = [];

    public AccessKeyRotatorTests() => _home.Credentials = "# mine\n" + ScratchHome.LongTermSection("p");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Replaced =>
        "# mine\n" + ScratchHome.LongTermSection("p").Replace(ScratchHome.KeyId, FakeIam.NewKeyId, StringComparison.Ordinal)
        .Replace(ScratchHome.Secret, FakeIam.NewSecret, StringComparison.Ordinal);

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Rotate_Key_IsProvedStoredAndOnlyThenIsTheOldOneRemoved()
    {
        string? whenRemoved = null;
        _aws.RefuseAction = (action, _) =>
        {
            whenRemoved = action is "UpdateAccessKey" ? _home.Credentials : whenRemoved;
            return null;
        };

        var renewed = await Rotate();

        Assert.Equal((FakeIam.NewKeyId, FakeIam.NewSecret, "p-long-term"), (renewed.AccessKeyId, renewed.SecretAccessKey, renewed.Section));
        Assert.Equal(Replaced, _home.Credentials);
        Assert.Equal(Replaced, whenRemoved);
        Assert.Equal([FakeIam.NewKeyId], _aws.AccessKeys.Keys);
        Assert.Equal(
            [
                ("GetCallerIdentity", null, ScratchHome.KeyId), ("ListAccessKeys", "alice", "ASIASESSION"),
                ("CreateAccessKey", "alice", "ASIASESSION"),
                ("GetCallerIdentity", null, FakeIam.NewKeyId), ("UpdateAccessKey", "alice", "ASIASESSION"),
                ("DeleteAccessKey", "alice", "ASIASESSION"),
            ],
            _aws.Calls.Select(call => (call.Action, call.UserName, call.AccessKeyId)));
    }

    [Fact]
    public async Task Rotate_KeyOfSeveralProfilesAndFiles_IsReplacedEverywhere()
    {
        string old = $"[q]\naws_access_key_id={ScratchHome.KeyId}\naws_secret_access_key={ScratchHome.Secret}\n";
        _home.Credentials += old;
        ScratchHome.Write(_home.StscredsPath, old + "temp_credentials_expire = x\n[r]\naws_access_key_id=AKIAI44QH8DHBEXAMPLE\n");
        using var plan = await Prepare();

        Assert.Equal(
            [$"[p-long-term] in '{_home.CredentialsPath}'", $"[q] in '{_home.CredentialsPath}'", $"[q] in '{_home.StscredsPath}'"],
            plan.Places);
        await Rotator().RotateAsync(plan, Stop);

        string renewed = $"[q]\naws_access_key_id={FakeIam.NewKeyId}\naws_secret_access_key={FakeIam.NewSecret}\n";
        Assert.Equal(Replaced + renewed, _home.Credentials);
        Assert.Equal(
            renewed + "temp_credentials_expire = x\n[r]\naws_access_key_id=AKIAI44QH8DHBEXAMPLE\n", File.ReadAllText(_home.StscredsPath));
    }

    [Fact]
    public async Task Rotate_KeyInConfigToo_IsReplacedThere()
    {
        _home.Config = $"[profile q]\nregion = x\naws_access_key_id = {ScratchHome.KeyId}\naws_secret_access_key = {ScratchHome.Secret}\n";

        await Rotate();

        Assert.Equal(
            $"[profile q]\nregion = x\naws_access_key_id = {FakeIam.NewKeyId}\naws_secret_access_key = {FakeIam.NewSecret}\n",
            _home.Config);
    }

    [Theory]
    [InlineData("AKIAOTHER00000000000")] // another shell has replaced the key
    [InlineData(null)] // its profile was removed
    public async Task Rotate_KeyThatHasLeftTheFilesMeanwhile_RemovesTheNewOneAndLeavesTheOldOneToItsUser(string? other)
    {
        using var plan = await Prepare();
        string now = other is null ? "# mine\n" : _home.Credentials.Replace(ScratchHome.KeyId, other, StringComparison.Ordinal);
        _home.Credentials = now;

        var error = (await Assert.ThrowsAsync<MfaException>(() => Rotator().RotateAsync(plan, Stop))).Error;

        Assert.Equal(MfaErrorId.RotationFailed, error.Id);
        Assert.Contains($"removed {ScratchHome.KeyId} of profile 'p' from the files", error.Message, StringComparison.Ordinal);
        Assert.Contains($"The new key {FakeIam.NewKeyId} is removed again.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("as before", error.Message, StringComparison.Ordinal);
        Assert.Equal(now, _home.Credentials);
        Assert.Equal([ScratchHome.KeyId], _aws.AccessKeys.Keys);
        Assert.True(_aws.AccessKeys[ScratchHome.KeyId]);
    }

    [Fact]
    public async Task Rotate_NewKeyThatAwsDoesNotKnowYet_IsTriedAgain()
    {
        int refusals = 3;
        RefuseNewKey(() => refusals-- > 0);

        await Rotate();

        Assert.Equal(Replaced, _home.Credentials);
        Assert.Equal([1, 2, 4], _pauses.Select(pause => pause.TotalSeconds));
    }

    [Fact]
    public async Task Rotate_NewKeyThatIsNeverAccepted_IsRemovedAgainAfterAMinute()
    {
        string before = _home.Credentials;
        RefuseNewKey(() => true);

        var error = await Assert.ThrowsAsync<MfaException>(Rotate);

        Assert.Equal(MfaErrorId.RotationFailed, error.Error.Id);
        Assert.Contains(
            $"{ScratchHome.KeyId} is stored and active as before. The new key {FakeIam.NewKeyId} is removed again.",
            error.Error.Message,
            StringComparison.Ordinal);
        Assert.InRange(_pauses.Sum(pause => pause.TotalSeconds), 60, 70);
        Assert.Equal((before, true), (_home.Credentials, _aws.AccessKeys[ScratchHome.KeyId]));
        Assert.DoesNotContain(FakeIam.NewKeyId, _aws.AccessKeys.Keys);
    }

    [Fact]
    public async Task Rotate_StoppedBeforeTheNewKeyIsStored_RemovesItAgain()
    {
        string before = _home.Credentials;
        using var stop = new CancellationTokenSource();
        RefuseNewKey(() =>
        {
            stop.Cancel();
            return true;
        });
        using var plan = await Prepare();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Rotator().RotateAsync(plan, stop.Token));

        Assert.Equal(before, _home.Credentials);
        Assert.Equal([ScratchHome.KeyId], _aws.AccessKeys.Keys);
    }

    [Fact]
    public async Task Rotate_FileThatCannotBeWritten_RemovesTheNewKeyAgainAndNamesTheCause()
    {
        using var plan = await Prepare();
        string broken = _home.Credentials + "garbage\n";
        _home.Credentials = broken;

        var error = await Assert.ThrowsAsync<MfaException>(() => Rotator().RotateAsync(plan, Stop));

        Assert.Contains("line 6", error.Error.Message, StringComparison.Ordinal);
        Assert.Contains("is stored and active as before", error.Error.Message, StringComparison.Ordinal);
        Assert.Equal(broken, _home.Credentials);
        Assert.Equal([ScratchHome.KeyId], _aws.AccessKeys.Keys);
    }

    [Theory]
    [InlineData(false, MfaErrorId.RotationFailed)]
    [InlineData(true, MfaErrorId.StsUnreachable)]
    public async Task Rotate_NoAnswerToTheNewKey_SaysThatItMayBeThere(bool nothingWasSent, MfaErrorId error)
    {
        string before = _home.Credentials;
        _aws.RefuseAction = (action, _) =>
            action == "CreateAccessKey" ? MfaErrors.IamUnreachable("p", "https://iam", "the connection broke", nothingWasSent) : null;

        var failure = (await Assert.ThrowsAsync<MfaException>(Rotate)).Error;

        Assert.Equal(error, failure.Id);
        Assert.Equal(!nothingWasSent, failure.Message.Contains("may have created a key", StringComparison.Ordinal));
        Assert.Equal(before, _home.Credentials);
    }

    [Fact]
    public async Task Rotate_NewKeyThatCannotBeRemovedAgain_IsNamedWithTheCommand()
    {
        string before = _home.Credentials;
        _aws.RefuseAction = (action, call) => action == "DeleteAccessKey" || call.AccessKeyId == FakeIam.NewKeyId
            ? MfaErrors.AccessDenied("p", action, "no")
            : null;

        var error = (await Assert.ThrowsAsync<MfaException>(Rotate)).Error;

        Assert.Contains($"The new key {FakeIam.NewKeyId} could not be removed again", error.Message, StringComparison.Ordinal);
        Assert.Equal($"Remove it with: aws iam delete-access-key --access-key-id {FakeIam.NewKeyId} --user-name alice", error.Remedy);
        Assert.Equal(before, _home.Credentials);
    }

    [Theory]
    [InlineData("UpdateAccessKey", true)]
    [InlineData("DeleteAccessKey", false)]
    public async Task Rotate_OldKeyThatCannotBeRemoved_IsNamedAndTheNewOneStaysStored(string refused, bool isOldActive)
    {
        _aws.RefuseAction = (action, _) => action == refused ? MfaErrors.AccessDenied("p", action, "no") : null;

        var error = (await Assert.ThrowsAsync<MfaException>(Rotate)).Error;

        Assert.Contains($"the new access key {FakeIam.NewKeyId}, stored and accepted", error.Message, StringComparison.Ordinal);
        Assert.Contains($"--access-key-id {ScratchHome.KeyId} --user-name alice", error.Remedy, StringComparison.Ordinal);
        Assert.Equal(Replaced, _home.Credentials);
        Assert.Equal((isOldActive, true), (_aws.AccessKeys[ScratchHome.KeyId], _aws.AccessKeys[FakeIam.NewKeyId]));
    }

    [Fact]
    public async Task Rotate_OldKeyThatIsGoneAlready_IsNoFailure()
    {
        _aws.RefuseAction = (action, _) => action == "UpdateAccessKey" ? MfaErrors.IamEntityNotFound("p", action, "gone") : null;

        await Rotate();

        Assert.Equal(Replaced, _home.Credentials);
    }

    [Fact]
    public async Task Prepare_SecondKey_IsNamedAndNothingIsMade()
    {
        _aws.AccessKeys["AKIASECOND0000000000"] = false;

        var error = (await Assert.ThrowsAsync<MfaException>(Prepare)).Error;

        Assert.Equal(MfaErrorId.AccessKeyLimit, error.Id);
        Assert.Contains("AKIASECOND0000000000 (inactive, created 1970-01-01)", error.Message, StringComparison.Ordinal);
        Assert.Contains("--access-key-id AKIASECOND0000000000 --user-name alice", error.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain(_aws.Calls, call => call.Action == "CreateAccessKey");
    }

    [Fact]
    public async Task Prepare_SessionOfAnotherUser_IsRefused()
    {
        _aws.AccessKeys.Clear();
        _aws.AccessKeys["AKIAOFANOTHER0000000"] = true;

        Assert.Equal(MfaErrorId.RotationFailed, (await Assert.ThrowsAsync<MfaException>(Prepare)).Error.Id);
    }

    [Fact]
    public async Task Prepare_WhileAnotherProcessReplacesAKey_IsRefusedAndNamesNoKeyToRemove()
    {
        using (var plan = await Prepare())
        {
            // As it is while the new key is not stored yet.
            _aws.AccessKeys[FakeIam.NewKeyId] = true;
            Assert.Equal(MfaErrorId.StoreBusy, (await Assert.ThrowsAsync<MfaException>(Prepare)).Error.Id);
            _aws.AccessKeys.Remove(FakeIam.NewKeyId);
        }

        await Rotate();
        Assert.Equal(Replaced, _home.Credentials);
    }

    [Fact]
    public async Task Prepare_ThatFails_LetsTheNextOneTry()
    {
        _aws.AccessKeys["AKIASECOND0000000000"] = false;
        await Assert.ThrowsAsync<MfaException>(Prepare);
        _aws.AccessKeys.Remove("AKIASECOND0000000000");

        await Rotate();

        Assert.Equal(Replaced, _home.Credentials);
    }

    [Fact]
    public async Task Prepare_SecretOverSeveralLines_IsRefusedBeforeAnythingIsMade()
    {
        _home.Credentials =
            $"[p-long-term]\naws_access_key_id = {ScratchHome.KeyId}\naws_secret_access_key = {ScratchHome.Secret}\n  more\n";

        await Assert.ThrowsAsync<MfaException>(Prepare);

        Assert.Empty(_aws.Calls);
    }

    private void RefuseNewKey(Func<bool> isRefused) => _aws.RefuseAction = (action, call) =>
        action == "GetCallerIdentity" && call.AccessKeyId == FakeIam.NewKeyId && isRefused()
            ? MfaErrors.LongTermCredentialRejected("p", call.AccessKeyId, "The security token included in the request is invalid.")
            : null;

    private AccessKeyRotator Rotator() => new(_home.Files, _home.Environment, () => _aws, KeyStores.FileOnly)
    {
        Pause = (pause, stop) =>
        {
            _pauses.Add(pause);
            stop.ThrowIfCancellationRequested();
            return Task.CompletedTask;
        },
    };

    private Task<RotationPlan> Prepare() => Rotator().PrepareAsync("p", Session(), region: null, store: null, Stop);

    private async Task<MfaSts.Credentials.LongTermCredential> Rotate()
    {
        using var plan = await Prepare();
        return await Rotator().RotateAsync(plan, Stop);
    }

    private MfaSession Session() => new(_clock)
    {
        Profile = "p",
        AccessKeyId = "ASIASESSION",
        SecretAccessKey = "s",
        SessionToken = "t",
        Expiration = _clock.Now.AddHours(1),
        Section = "p",
        Origin = MfaSts.Sessions.SessionOrigin.Store,
    };
}
