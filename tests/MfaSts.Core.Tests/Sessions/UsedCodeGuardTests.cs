using MfaSts.Sessions;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Sessions;

public sealed class UsedCodeGuardTests : IDisposable
{
    private readonly ScratchHome _home = new();
    private readonly TestClock _clock = new();

    private string GuardFile => _home.Files.Credentials.MakeFolders().File("used-codes");

    public void Dispose() => _home.Dispose();

    [Fact]
    public void TryRecord_SameCodeOfSameDevice_IsKnown()
    {
        Assert.True(Record("123456"));
        Assert.False(Record("123456"));
        Assert.True(Record("654321"));
        Assert.True(Record("123456", device: "another"));
        Assert.True(Record("123456", secret: "another"));
    }

    [Theory]
    [InlineData(179, false)]
    [InlineData(180, true)]
    [InlineData(-179, false)]
    [InlineData(-180, true)]
    public void TryRecord_Later_IsForgottenAfterThreeMinutes(int seconds, bool isNew)
    {
        Record("123456");
        _clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(isNew, Record("123456"));
    }

    [Fact]
    public void TakeBack_UnsentCode_MayBeUsed()
    {
        Record("123456");
        Record("654321");
        Guard().TakeBack("device", "secret", "123456");

        Assert.True(Record("123456"));
        Assert.False(Record("654321"));
    }

    [OnUnix]
    [Fact]
    public void File_OnDisk_IsPrivateAndTellsNothing()
    {
        Machine.NeedsUnix();
        Record("123456");
        string text = File.ReadAllText(GuardFile);

        Assert.DoesNotContain("123456", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("device", text, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Unix.Mode(GuardFile));
    }

    [Theory]
    [InlineData("")]
    [InlineData("junk\n")]
    [InlineData("99999999999999999 00\n12 34 56\n")]
    public void TryRecord_TornFile_StillWorks(string text)
    {
        File.WriteAllText(GuardFile, text);

        Assert.True(Record("123456"));
        Assert.False(Record("123456"));
    }

    [OnUnix]
    [Fact]
    public void TryRecord_SeveralProcessesAtOnce_OnlyOneMaySend()
    {
        Machine.NeedsUnix();
        var workers = Enumerable.Range(0, 5).Select(_ => Machine.StartWorker("record", _home.CredentialsPath, "123456")).ToList();

        Assert.Single(Machine.Finish(workers), "True");
    }

    private UsedCodeGuard Guard() => new(_home.Files.Credentials.MakeFolders(), _clock);

    private bool Record(string code, string device = "device", string secret = "secret") =>
        Guard().TryRecord(device, secret, code, CancellationToken.None);
}
