using System.Diagnostics;
using System.Security.AccessControl;
using System.Security.Principal;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Platform.Windows;
using MfaSts.Sessions;
using MfaSts.Stores;
using MfaSts.Sts;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Platform;

[OnWindows]
public sealed class WindowsFileTests : IDisposable
{
    private const FileShare NoDelete = FileShare.ReadWrite;

    private readonly ScratchHome _home = new();

    private SharedFile Shared => _home.Files.Credentials;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    [WindowsTheory]
    [InlineData(FileShare.Read)]
    [InlineData(NoDelete)]
    [InlineData(FileShare.None)]
    public async Task Update_FileThatAReaderHoldsForAWhile_IsWrittenWhenItCloses(FileShare share)
    {
        _home.Credentials = "[p]\nk = v\n";
        var reader = Hold(share);
        var release = Task.Run(async () =>
        {
            await Task.Delay(1200, Stop);
            await reader.DisposeAsync();
        });

        Set("w");
        await release;

        Assert.Equal("[p]\nk = w\n", _home.Credentials);
        AssertNothingBeside();
    }

    [WindowsFact]
    public void Update_FileThatAReaderHoldsForEver_IsBusyAndStays()
    {
        _home.Credentials = "[p]\nk = v\n";
        long start = Stopwatch.GetTimestamp();
        using (Hold(NoDelete))
        {
            var error = Assert.Throws<MfaException>(() => Set("w")).Error;

            Assert.Equal(MfaErrorId.StoreBusy, error.Id);
            Assert.Contains("has it open", error.Message, StringComparison.Ordinal);
        }

        Assert.True(Stopwatch.GetElapsedTime(start) >= Patience.Limit);
        Assert.Equal("[p]\nk = v\n", _home.Credentials);
        AssertNothingBeside();
    }

    [WindowsFact]
    public async Task Redeem_FileThatAReaderHoldsForEver_TheSessionIsKeptAndNeedsNoSecondCode()
    {
        var clock = new TestClock();
        var sts = new FakeSts(clock);
        _home.Credentials = ScratchHome.LongTermSection("p");
        var broker = new SessionBroker(_home.Files, _home.Environment, () => (ISts)sts, clock, KeyStores.FileOnly);
        SessionResult result;
        await using (Hold(NoDelete))
        {
            result = await broker.RedeemAsync(broker.Prepare(new() { Profile = "p" }), "123456", Stop);

            Assert.Contains("valid but not stored", Assert.Single(result.Warnings), StringComparison.Ordinal);
            Assert.Equal(result.Session.AccessKeyId, broker.FindUsable(new() { Profile = "p" })?.AccessKeyId);
            Assert.Equal(MfaErrorId.StoreBusy, broker.WriteUnstored(Stop)?.Error.Id);
        }

        Assert.Null(broker.WriteUnstored(Stop));
        Assert.Contains(result.Session.AccessKeyId, _home.Credentials, StringComparison.Ordinal);
    }

    [WindowsFact]
    public void Update_FileMarkedReadOnly_IsRefusedAtOnce()
    {
        _home.Credentials = "[p]\nk = v\n";
        File.SetAttributes(_home.CredentialsPath, FileAttributes.ReadOnly);

        var error = Assert.Throws<MfaException>(() => Set("w")).Error;

        Assert.Equal(MfaErrorId.StoreAccessDenied, error.Id);
        Assert.Contains("read-only", error.Message, StringComparison.Ordinal);
        Assert.Equal(MfaErrorId.StoreAccessDenied, Assert.Throws<MfaException>(Shared.RequireWritable).Error.Id);
        File.SetAttributes(_home.CredentialsPath, FileAttributes.Normal);
        Assert.Equal("[p]\nk = v\n", _home.Credentials);
    }

    [WindowsFact]
    public void RequireWritable_BesideAReader_OpensNothing()
    {
        _home.Credentials = "[p]\nk = v\n";
        using (Hold(FileShare.Read))
        {
            Shared.RequireWritable();
        }
    }

    [WindowsFact]
    public void Update_NoFileYet_MakesAllForThisUserAlone()
    {
        Set("v");

        Assert.False(Shared.IsOpenToOthers);
        Assert.True(Shared.IsTrusted);
        foreach (string path in (string[])[_home.CredentialsPath, _home.AwsFolder, Path.Combine(_home.AwsFolder, ".mfasts")])
        {
            var security = Security.Read(path)!;
            Assert.True(security.IsOwn(Security.User), path);
            Assert.False(security.IsOpen(Security.User), path);
        }
    }

    [WindowsFact]
    public void Update_FileOpenToOthers_StaysSoAndIsClosedOnDemand()
    {
        _home.Credentials = "[p]\nk = v\n";
        LetEveryoneRead(_home.CredentialsPath);
        Assert.True(Shared.IsOpenToOthers);

        Set("w");

        Assert.True(Shared.IsOpenToOthers);
        Assert.True(Shared.TryClose());
        Assert.False(Shared.IsOpenToOthers);
    }

    [WindowsFact]
    public void Update_HardLink_IsWrittenInPlaceAndStaysOneFile()
    {
        _home.Credentials = "[p]\nk = a longer value\n";
        Assert.NotNull(Machine.Run("cmd.exe", "/d", "/c", "mklink", "/H", _home.At("other-name"), _home.CredentialsPath));

        Set("w");

        Assert.Equal("[p]\nk = w\n", File.ReadAllText(_home.At("other-name")));
    }

    [WindowsFact]
    public void Update_PathLongerThan260Characters_IsWritten()
    {
        string folder = _home.At([.. Enumerable.Repeat(new string('d', 60), 6)]);
        Directory.CreateDirectory(folder);
        var file = new SharedFile(Path.Combine(folder, "credentials"));

        Assert.True(file.Update(document => document.Set("p", [new("k", "v")]), Stop));
        Assert.True(file.Update(document => document.Set("p", [new("k", "w")]), Stop));

        Assert.Equal("w", file.Read().Find("p")?["k"]);
    }

    [WindowsFact]
    public void Read_NullDevice_IsEmpty() => Assert.Empty(new SharedFile(Path.GetFullPath("NUL")).Read().Sections);

    [WindowsTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Over_BesideReaders_TheNameIsNeverEmpty(bool isOlderWay)
    {
        var rename = isOlderWay ? new WindowsRename { IsOlderWayOnly = true } : new WindowsRename();
        _home.Credentials = "[p]\n";
        using var stop = new CancellationTokenSource();
        int absent = 0;
        var looking = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                absent += File.Exists(_home.CredentialsPath) ? 0 : 1;
            }
        });

        for (int i = 0; i < 200; i++)
        {
            string temporary = _home.At(".aws", "new");
            File.WriteAllText(temporary, "[p]\n");
            Assert.Equal(0, Patience.Try(() => rename.Over(temporary, _home.CredentialsPath), _ => Patience.Limit));
        }

        stop.Cancel();
        looking.Wait(Stop);
        Assert.Equal(0, absent);
    }

    private FileStream Hold(FileShare share) => new(_home.CredentialsPath, FileMode.Open, FileAccess.Read, share);

    private static void LetEveryoneRead(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            var everyone = new SecurityIdentifier(WellKnownSidType.WorldSid, null);
            var security = new FileInfo(path).GetAccessControl();
            security.AddAccessRule(new FileSystemAccessRule(everyone, FileSystemRights.Read, AccessControlType.Allow));
            new FileInfo(path).SetAccessControl(security);
        }
    }

    private void Set(string value) => Shared.Update(document => document.Set("p", [new("k", value)]), Stop);

    private void AssertNothingBeside() =>
        Assert.Equal(["credentials"], Directory.EnumerateFiles(_home.AwsFolder).Select(Path.GetFileName));
}
