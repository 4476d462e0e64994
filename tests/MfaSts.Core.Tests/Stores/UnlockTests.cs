using MfaSts.Errors;
using MfaSts.Sessions;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Stores;

/// <summary>When a store is asked on the way to a session, and what is said when it does not answer.</summary>
public sealed class UnlockTests : IDisposable
{
    private readonly ScratchHome _home = new();
    private readonly TestClock _clock = new();
    private readonly FakeKeyStore _system = new();
    private readonly FakeSts _sts;

    public UnlockTests()
    {
        _sts = new FakeSts(_clock);
        _system.Entries[ScratchHome.KeyId] = ScratchHome.Secret;
        _home.Credentials =
            $"[p-long-term]\naws_access_key_id = {ScratchHome.KeyId}\nmfasts_store = System\naws_mfa_device = {ScratchHome.Device}\n";
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private SessionBroker Broker => new(_home.Files, _home.Environment, () => _sts, _clock, _system.AsAll);

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Redeem_SecretInTheSystem_SignsWithItAndReadsItOnce()
    {
        var plan = Broker.Prepare(new() { Profile = "p" });
        Assert.Empty(_system.Calls);
        Assert.Contains(plan.Details, detail => detail.Contains("in the store System", StringComparison.Ordinal));

        await Broker.UnlockAsync(plan, Stop);
        await Broker.RedeemAsync(plan, "123456", Stop);

        Assert.Equal(["find"], _system.Calls);
        Assert.Equal((ScratchHome.KeyId, ScratchHome.Secret), (_sts.LastCall!.AccessKeyId, _sts.LastCall.SecretAccessKey));
        Assert.DoesNotContain(ScratchHome.Secret, _home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindUsable_SessionStored_AsksNoStore()
    {
        await Broker.RedeemAsync(Broker.Prepare(new() { Profile = "p" }), "123456", Stop);
        _system.Calls.Clear();

        Assert.NotNull(Broker.FindUsable(new() { Profile = "p" }));
        Assert.Empty(_system.Calls);
    }

    [Fact]
    public async Task Redeem_ManyAtOnce_UnlockOnce()
    {
        var plans = Enumerable.Range(0, 16).Select(_ => Broker.Prepare(new() { Profile = "p" })).ToList();

        await Task.WhenAll(plans.Select(plan => Task.Run(() => Broker.RedeemAsync(plan, "123456", Stop))));

        Assert.Equal(["find"], _system.Calls);
        Assert.Equal(1, _sts.Calls);
    }

    [Fact]
    public async Task Unlock_StoreLocked_NamesTheRemedyAndUntilWhenTheSessionServesAndSpendsNoCode()
    {
        await Broker.RedeemAsync(Broker.Prepare(new() { Profile = "p" }), "123456", Stop);
        _system.Failure = (0, FakeKeyStore.Locked);
        var plan = Broker.Prepare(new() { Profile = "p", Force = true });

        var error = (await Assert.ThrowsAsync<MfaException>(() => Broker.UnlockAsync(plan, Stop))).Error;
        Assert.Equal(
            MfaErrorId.StoreLocked, (await Assert.ThrowsAsync<MfaException>(() => Broker.RedeemAsync(plan, "654321", Stop))).Error.Id);

        Assert.Equal(MfaErrorId.StoreLocked, error.Id);
        Assert.Contains("The stored session serves until ", error.Message, StringComparison.Ordinal);
        Assert.Equal("Unlock it, then try again.", error.Remedy);
        Assert.Equal(1, _sts.Calls);
    }

    [Theory]
    [InlineData(null, "not in the system's key store on this machine")]
    [InlineData("", "is no secret access key")]
    [InlineData("with a blank", "is no secret access key")]
    public async Task Unlock_EntryMissingOrMistaken_SaysWhatToType(string? entry, string words)
    {
        _system.Entries.Clear();
        if (entry is not null)
        {
            _system.Entries[ScratchHome.KeyId] = entry;
        }

        var error = (await Assert.ThrowsAsync<MfaException>(() => Broker.UnlockAsync(Broker.Prepare(new() { Profile = "p" }), Stop))).Error;

        Assert.Equal(MfaErrorId.StoreEntryMissing, error.Id);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Contains("Set-MfaLongTermCredential -Profile p -Store System", error.Remedy, StringComparison.Ordinal);
        Assert.Equal(0, _sts.Calls);
    }

    [Fact]
    public async Task Unlock_StoreOfAnotherVersion_IsUnavailable()
    {
        _home.Credentials = _home.Credentials.Replace("= System", "= Enclave", StringComparison.Ordinal);

        var error = (await Assert.ThrowsAsync<MfaException>(() => Broker.UnlockAsync(Broker.Prepare(new() { Profile = "p" }), Stop))).Error;

        Assert.Equal(MfaErrorId.StoreUnavailable, error.Id);
        Assert.Contains("'Enclave'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prepare_SecretBesideTheMark_IsUsedWithAWarning()
    {
        _home.Credentials += $"aws_secret_access_key = {ScratchHome.Secret}\n";

        var plan = Broker.Prepare(new() { Profile = "p" });

        Assert.Equal(ScratchHome.Secret, plan.Credential.SecretAccessKey);
        Assert.Contains(plan.Warnings, warning => warning.Contains("another tool", StringComparison.Ordinal));
    }
}
