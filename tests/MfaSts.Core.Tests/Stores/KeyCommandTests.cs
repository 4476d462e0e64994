using MfaSts.Errors;
using MfaSts.Sessions;
using MfaSts.Stores;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Stores;

[OnUnix]
public sealed class KeyCommandTests : IDisposable
{
    private const string Keys = $$"""{"Version":1,"AccessKeyId":"{{ScratchHome.KeyId}}","SecretAccessKey":"{{ScratchHome.Secret}}"}""";

    private readonly ScratchHome _home = new();
    private readonly TestClock _clock = new();
    private readonly FakeSts _sts;

    public KeyCommandTests() => _sts = new FakeSts(_clock);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private SessionBroker Broker => new(_home.Files, _home.Environment, () => _sts, _clock, KeyStores.FileOnly);

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Redeem_KeyProcess_SignsWithWhatItPrints()
    {
        var plan = Plan($"test -z \"$AWS_PROFILE$AWS_SECRET_ACCESS_KEY\" && echo '{Keys}'");

        await Broker.RedeemAsync(plan, "123456", Stop);

        Assert.Equal((ScratchHome.KeyId, ScratchHome.Secret), (_sts.LastCall!.AccessKeyId, _sts.LastCall.SecretAccessKey));
        Assert.DoesNotContain(ScratchHome.Secret, _home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redeem_KeyProcessBesideKeysInTheFile_GoesFirst()
    {
        _home.Credentials = ScratchHome.LongTermSection("p").Replace(ScratchHome.KeyId, "AKIAI44QH8DHBEXAMPLE", StringComparison.Ordinal);
        var plan = Plan($"echo '{Keys}'");

        await Broker.RedeemAsync(plan, "123456", Stop);

        Assert.Equal(ScratchHome.KeyId, _sts.LastCall!.AccessKeyId);
        Assert.Contains(plan.Warnings, warning => warning.Contains("AKIAI44QH8DHBEXAMPLE", StringComparison.Ordinal));
    }

    [Fact]
    public void List_ProfileWithKeyProcessAlone_IsThereAndNothingIsRun()
    {
        _home.Config = $"[profile p]\nkey_process = touch '{_home.At("ran")}'\n";

        var listed = Assert.Single(_home.LongTerm.List());

        Assert.Equal(("p", "key_process", string.Empty, "profile p"), (listed.Profile, listed.Store, listed.AccessKeyId, listed.Section));
        Assert.False(File.Exists(_home.At("ran")));
    }

    [Theory]
    [InlineData("echo topsecretvalue", "did not print JSON")]
    [InlineData("echo '[\"topsecretvalue\"]'", "no AccessKeyId")]
    [InlineData("echo '{\"AccessKeyId\":\"AKIAIOSFODNN7EXAMPLE\",\"SecretAccessKey\":\"topsecret value\"}'", "no SecretAccessKey")]
    [InlineData("echo '{\"AccessKeyId\":\"ASIAIOSFODNN7EXAMPLE\",\"SecretAccessKey\":\"topsecretvalue12345\"}'", "temporary keys")]
    [InlineData(
        "echo '{\"AccessKeyId\":\"AKIAIOSFODNN7EXAMPLE\",\"SecretAccessKey\":\"topsecretvalue12345\",\"SessionToken\":\"t\"}'",
        "temporary keys")]
    [InlineData("echo topsecretvalue; exit 3", "exited with 3")]
    [InlineData("/no/such/program", "exited with 127")]
    public async Task Redeem_CommandThatGivesNoKeys_IsUnavailableWithoutRepeatingItsOutput(string command, string why)
    {
        var plan = Plan(command);

        var exception = await Assert.ThrowsAsync<MfaException>(() => Broker.RedeemAsync(plan, "123456", Stop));

        Assert.Equal(MfaErrorId.StoreUnavailable, exception.Error.Id);
        Assert.Contains(why, exception.Error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("topsecret", exception.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, _sts.Calls);
    }

    [Fact]
    public async Task Redeem_ConfigWritableByOthers_RunsNothing()
    {
        var plan = Plan($"touch '{_home.At("ran")}'");
        Unix.SetMode(_home.ConfigPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);

        Assert.Equal(
            MfaErrorId.StoreUnsafe, (await Assert.ThrowsAsync<MfaException>(() => Broker.RedeemAsync(plan, "123456", Stop))).Error.Id);
        Assert.False(File.Exists(_home.At("ran")));
    }

    [Fact]
    public async Task Redeem_CommandThatHangs_EndsWithCancellation()
    {
        var plan = Plan("sleep 600");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        stop.CancelAfter(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Broker.RedeemAsync(plan, "123456", stop.Token));
        Assert.Equal(0, _sts.Calls);
    }

    private SessionPlan Plan(string command)
    {
        Machine.NeedsUnix();
        _home.Config = $"[profile p]\nkey_process = {command}\n";
        return Broker.Prepare(new() { Profile = "p", SerialNumber = ScratchHome.Device });
    }
}
