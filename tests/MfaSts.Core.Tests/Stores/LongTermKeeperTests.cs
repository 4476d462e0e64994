using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Stores;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Stores;

public sealed class LongTermKeeperTests : IDisposable
{
    private const string OtherId = "AKIAI44QH8DHBEXAMPLE";
    private const string Kept = $"[p-long-term]\naws_access_key_id = {ScratchHome.KeyId}\nmfasts_store = System\n";

    private readonly ScratchHome _home = new();
    private readonly FakeKeyStore _system = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private LongTermKeeper Keeper => new(_home.Files, _system.AsAll);

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Store_IntoTheSystem_PutsAndReadsBackAndWritesNoSecret()
    {
        Assert.Empty(await Keeper.StoreAsync(Change("system", device: ScratchHome.Device), Stop));

        Assert.Equal(Kept + $"aws_mfa_device = {ScratchHome.Device}\n", _home.Credentials);
        Assert.Equal(ScratchHome.Secret, _system.Entries[ScratchHome.KeyId]);
        Assert.Equal(["put", "find"], _system.Calls);
        Assert.True(_home.LongTerm.Find("p") is { SecretAccessKey: null, Store: "System", AccessKeyId: ScratchHome.KeyId });
        Assert.Equal("System", Assert.Single(_home.LongTerm.List()).Store);
        Assert.Equal(["put", "find"], _system.Calls);
    }

    [Fact]
    public async Task Store_InPlaceOfASecretInTheFile_TakesItOut()
    {
        _home.Credentials = ScratchHome.LongTermSection("p");

        await Keeper.StoreAsync(Change("Vault:team"), Stop);

        Assert.DoesNotContain(ScratchHome.Secret, _home.Credentials, StringComparison.Ordinal);
        Assert.Contains("mfasts_store = Vault:team\n", _home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_WithoutAStoreNamed_StaysInTheOneThatHasTheOldKeyAndRemovesThat()
    {
        await Keeper.StoreAsync(Change("System"), Stop);

        await Keeper.StoreAsync(Change(null, OtherId), Stop);

        Assert.Equal([OtherId], _system.Entries.Keys);
        Assert.DoesNotContain(ScratchHome.Secret, _home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_BackInTheFile_RemovesTheEntry()
    {
        await Keeper.StoreAsync(Change("System"), Stop);

        await Keeper.StoreAsync(Change("File"), Stop);

        Assert.Empty(_system.Entries);
        Assert.DoesNotContain("mfasts_store", _home.Credentials, StringComparison.Ordinal);
        Assert.Equal(ScratchHome.Secret, _home.LongTerm.Find("p")!.SecretAccessKey);
    }

    [Fact]
    public async Task Store_DeviceAlone_AsksNoStore()
    {
        _home.Credentials = Kept;

        await Keeper.StoreAsync(new LongTermCredentialChange { Profile = "p", SerialNumber = ScratchHome.Device }, Stop);

        Assert.Equal(Kept + $"aws_mfa_device = {ScratchHome.Device}\n", _home.Credentials);
        Assert.Empty(_system.Calls);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Store_StoreFails_LeavesTheFile(int call)
    {
        _home.Credentials = ScratchHome.LongTermSection("p");
        _system.Failure = (call, FakeKeyStore.Locked);

        var error = (await Assert.ThrowsAsync<MfaException>(() => Keeper.StoreAsync(Change("System", OtherId), Stop))).Error;

        Assert.Equal(MfaErrorId.StoreLocked, error.Id);
        Assert.Equal("Unlock it, then try again.", error.Remedy);
        Assert.Equal(ScratchHome.LongTermSection("p"), _home.Credentials);
    }

    [Fact]
    public async Task Store_StoreForgets_LeavesTheFile()
    {
        _home.Credentials = ScratchHome.LongTermSection("p");
        _system.IsForgetful = true;

        Assert.Equal(
            MfaErrorId.StoreUnavailable,
            (await Assert.ThrowsAsync<MfaException>(() => Keeper.StoreAsync(Change("System"), Stop))).Error.Id);
        Assert.Equal(ScratchHome.LongTermSection("p"), _home.Credentials);
    }

    [Fact]
    public async Task Store_OldEntryCannotBeRemoved_IsSaidAndNoError()
    {
        await Keeper.StoreAsync(Change("System"), Stop);
        _system.Failure = (5, FakeKeyStore.Locked);

        string warning = Assert.Single(await Keeper.StoreAsync(Change("System", OtherId), Stop));

        Assert.Contains(ScratchHome.KeyId, warning, StringComparison.Ordinal);
        Assert.Equal(OtherId, _home.LongTerm.Find("p")!.AccessKeyId);
    }

    [Fact]
    public async Task Store_KeysOfAKeyProcess_AreRefused()
    {
        _home.Config = "[profile p]\nkey_process = pass show aws\n";

        Assert.Equal(
            MfaErrorId.ProfileUnsuitable,
            (await Assert.ThrowsAsync<MfaException>(() => Keeper.StoreAsync(Change("System"), Stop))).Error.Id);
        Assert.Empty(_system.Calls);
        Assert.False(File.Exists(_home.CredentialsPath));
    }

    [Theory]
    [InlineData("key_process")]
    [InlineData("Keychain")]
    [InlineData("Vault:")]
    [InlineData("Vault:a\nb")]
    [InlineData("")]
    public async Task Store_NameOfNoStore_IsRefused(string name) => Assert.Equal(
        MfaErrorId.StoreUnavailable, (await Assert.ThrowsAsync<MfaException>(() => Keeper.StoreAsync(Change(name), Stop))).Error.Id);

    [Fact]
    public async Task Remove_KeptInAStore_TakesTheEntryFirst()
    {
        await Keeper.StoreAsync(Change("System"), Stop);
        var found = _home.LongTerm.Find("p")!;
        _system.Failure = (0, FakeKeyStore.Locked);

        Assert.Equal(MfaErrorId.StoreLocked, (await Assert.ThrowsAsync<MfaException>(() => Keeper.RemoveAsync(found, Stop))).Error.Id);
        Assert.Equal(Kept, _home.Credentials);

        _system.Failure = null;
        Assert.True(await Keeper.RemoveAsync(found, Stop));
        Assert.Empty(_system.Entries);
        Assert.Null(_home.LongTerm.Find("p"));
    }

    [Fact]
    public async Task Remove_EntryGoneAlready_RemovesTheSection()
    {
        _home.Credentials = Kept;

        Assert.True(await Keeper.RemoveAsync(_home.LongTerm.Find("p")!, Stop));
        Assert.Null(_home.LongTerm.Find("p"));
    }

    [Fact]
    public async Task Remove_KeyThatAnotherProfileShares_LeavesTheEntry()
    {
        await Keeper.StoreAsync(Change("System"), Stop);
        _home.Credentials += Kept.Replace("[p-", "[q-", StringComparison.Ordinal);

        await Keeper.RemoveAsync(_home.LongTerm.Find("p")!, Stop);
        Assert.Single(_system.Entries);

        await Keeper.RemoveAsync(_home.LongTerm.Find("q")!, Stop);
        Assert.Empty(_system.Entries);
    }

    private static LongTermCredentialChange Change(string? store, string id = ScratchHome.KeyId, string? device = null) =>
        new() { Profile = "p", AccessKeyId = id, SecretAccessKey = ScratchHome.Secret, Store = store, SerialNumber = device };
}
