using System.Text;

namespace MfaSts.Stores.Tests;

public class SecretServiceStoreTests
{
    private const string Id = "AKIAIOSFODNN7EXAMPLE";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Put_KeyringUnlocked_IsFoundReplacedAndRemoved()
    {
        using var bus = await BusAsync(withKeyring: true);
        var store = bus.Store(mayAsk: false);

        Assert.Null(await store.FindAsync(Id, Stop));
        await store.PutAsync(Id, "an-older-secret-of-it", Stop);
        await store.PutAsync(Id, Secret, Stop);
        await store.PutAsync("AKIAI44QH8DHBEXAMPLE", "another-secret", Stop);

        Assert.Equal(Secret, await store.FindAsync(Id, Stop));
        Assert.True(await store.RemoveAsync(Id, Stop));
        Assert.False(await store.RemoveAsync(Id, Stop));
        Assert.Null(await store.FindAsync(Id, Stop));
        Assert.Equal("another-secret", await store.FindAsync("AKIAI44QH8DHBEXAMPLE", Stop));
        Assert.All(
            bus.Files, path => Assert.DoesNotContain(Secret, Encoding.Latin1.GetString(File.ReadAllBytes(path)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Put_SecretTool_ReadsItByItsAttributes()
    {
        using var bus = await BusAsync(withKeyring: true);
        await bus.Store(mayAsk: false).PutAsync(Id, Secret, Stop);

        Assert.Equal(Secret, await bus.RunAsync("secret-tool", ["lookup", "application", "MfaSts", "access_key_id", Id], Stop));
    }

    [Fact]
    public async Task Connect_GnomeKeyring_TakesTheEncryptedSession()
    {
        using var bus = await BusAsync(withKeyring: true);
        using var service = await SecretService.ConnectAsync(bus.Address, Stop);

        Assert.True(service.Session.IsEncrypted);
    }

    [Theory]
    [InlineData(false, "nobody can be asked")]
    [InlineData(true, "not answered")]
    public async Task AnyVerb_KeyringLockedWithoutADisplay_SaysSoAtOnce(bool mayAsk, string why)
    {
        using var bus = await BusAsync(withKeyring: true);
        await bus.Store(mayAsk: false).PutAsync(Id, Secret, Stop);
        await bus.LockAsync(Stop);
        var store = bus.Store(mayAsk);

        foreach (
            var verb in (Func<Task>[])[() => store.FindAsync(Id, Stop), () => store.FindAsync("absent", Stop),
                () => store.PutAsync(Id, "x", Stop), () => store.RemoveAsync(Id, Stop)])
        {
            var failure = await Assert.ThrowsAsync<KeyStoreException>(verb);
            Assert.True(failure.IsLocked);
            Assert.Contains(why, failure.Message, StringComparison.Ordinal);
            Assert.Contains("gnome-keyring-daemon --unlock", failure.Remedy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Find_NoServiceOnTheBus_IsUnavailable()
    {
        using var bus = await BusAsync(withKeyring: false);

        var failure = await Assert.ThrowsAsync<KeyStoreException>(() => bus.Store(mayAsk: true).FindAsync(Id, Stop));

        Assert.False(failure.IsLocked);
        Assert.Contains("no Secret Service runs", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "no session bus")]
    [InlineData("unix:path=/no/such/socket", "no session bus")]
    [InlineData("unix:runtime=yes", "no session bus")]
    [InlineData("disabled:", "no session bus")]
    public async Task Find_NoBus_IsUnavailable(string? address, string why)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The Secret Service is not for Windows.");
        Assert.SkipWhen(
            address is null && File.Exists($"/run/user/{Environment.GetEnvironmentVariable("UID") ?? "0"}/bus"),
            "This machine has a session bus.");
        var store = new SecretServiceStore(mayAsk: true) { Variable = name => name == "DBUS_SESSION_BUS_ADDRESS" ? address : null };

        var failure = await Assert.ThrowsAsync<KeyStoreException>(() => store.FindAsync(Id, Stop));

        Assert.False(failure.IsLocked);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_Cancelled_EndsAtOnce()
    {
        using var bus = await BusAsync(withKeyring: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => bus.Store(mayAsk: false).FindAsync(Id, new CancellationToken(canceled: true)));
    }

    private static Task<SessionBus> BusAsync(bool withKeyring)
    {
        Assert.SkipWhen(SessionBus.Lack is not null, SessionBus.Lack ?? string.Empty);
        return withKeyring ? SessionBus.WithKeyringAsync(Stop) : SessionBus.EmptyAsync(Stop);
    }
}
