using MfaSts.Errors;
using MfaSts.Rotation;
using MfaSts.Sessions;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Stores;

/// <summary>Rotations of a key whose secret is in a store.</summary>
public sealed class RotationTests : IDisposable
{
    private readonly ScratchHome _home = new();
    private readonly FakeKeyStore _system = new();
    private readonly FakeIam _aws = new() { AccessKeys = { [ScratchHome.KeyId] = true } };

    public RotationTests()
    {
        _system.Entries[ScratchHome.KeyId] = ScratchHome.Secret;
        _home.Credentials =
            $"[p-long-term]\naws_access_key_id = {ScratchHome.KeyId}\nmfasts_store = System\naws_mfa_device = {ScratchHome.Device}\n";
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Rotate_SecretInTheSystem_PutsTheNewOneThereAndTakesTheOldOneAwayLast()
    {
        await Rotate(store: null);

        Assert.Equal([FakeIam.NewKeyId], _system.Entries.Keys);
        Assert.True(_home.LongTerm.Find("p") is { AccessKeyId: FakeIam.NewKeyId, Store: "System", SecretAccessKey: null });
        Assert.DoesNotContain("aws_secret_access_key", _home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotate_WithAStoreNamed_MovesThere()
    {
        await Rotate("File");

        Assert.Empty(_system.Entries);
        Assert.True(_home.LongTerm.Find("p") is { AccessKeyId: FakeIam.NewKeyId, Store: "File", SecretAccessKey: not null });
    }

    [Fact]
    public async Task Rotate_ProfileThatSharesTheKeyInTheFile_KeepsItsSecretThere()
    {
        _home.Credentials += ScratchHome.LongTermSection("q");

        await Rotate(store: null);

        Assert.Equal("System", _home.LongTerm.Find("p")!.Store);
        Assert.True(_home.LongTerm.Find("q") is { Store: "File", AccessKeyId: FakeIam.NewKeyId, SecretAccessKey: not null });
    }

    [Fact]
    public async Task Prepare_StoreThatTakesNothing_MakesNoKey()
    {
        _system.IsForgetful = true;

        Assert.Equal(MfaErrorId.StoreUnavailable, (await Assert.ThrowsAsync<MfaException>(() => Rotate(store: null))).Error.Id);
        Assert.Equal([ScratchHome.KeyId], _aws.AccessKeys.Keys);
    }

    [Fact]
    public async Task Rotate_StoreFailsForTheNewSecret_RemovesTheNewKeyAgainAndKeepsTheOldOne()
    {
        string before = _home.Credentials;
        using var plan = await Rotator.PrepareAsync("p", Session(), region: null, store: null, Stop);
        _system.Failure = (_system.Calls.Count + 1, FakeKeyStore.Locked);

        var error = (await Assert.ThrowsAsync<MfaException>(() => Rotator.RotateAsync(plan, Stop))).Error;

        Assert.Equal(MfaErrorId.RotationFailed, error.Id);
        Assert.Equal([ScratchHome.KeyId], _aws.AccessKeys.Keys);
        Assert.Equal([ScratchHome.KeyId], _system.Entries.Keys);
        Assert.Equal(before, _home.Credentials);
    }

    private AccessKeyRotator Rotator =>
        new(_home.Files, _home.Environment, () => _aws, _system.AsAll) { Pause = (_, _) => Task.CompletedTask };

    private static MfaSession Session() => new(TimeProvider.System)
    {
        Profile = "p",
        AccessKeyId = "ASIASESSION",
        SecretAccessKey = "s",
        SessionToken = "t",
        Expiration = TimeProvider.System.GetUtcNow().AddHours(1),
        Section = "p",
        Origin = SessionOrigin.Store,
    };

    private async Task Rotate(string? store)
    {
        using var plan = await Rotator.PrepareAsync("p", Session(), region: null, store, Stop);
        await Rotator.RotateAsync(plan, Stop);
    }
}
