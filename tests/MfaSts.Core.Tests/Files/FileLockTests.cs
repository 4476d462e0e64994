using System.Diagnostics;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Files;

public sealed class FileLockTests : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(150);

    private readonly ScratchHome _home = new();

    private string LockPath => _home.At("lock");

    public void Dispose() => _home.Dispose();

    [Fact]
    public void TryTake_HeldInThisProcess_GivesUpAtOnceAndSaysWho()
    {
        using (FileLock.TryTake(LockPath))
        {
            Assert.Null(FileLock.TryTake(LockPath));
            Assert.Contains($"process {Environment.ProcessId}", FileLock.ReadHolder(LockPath), StringComparison.Ordinal);
        }

        using var again = FileLock.TryTake(LockPath);
        Assert.NotNull(again);
    }

    [OnUnix]
    [Theory]
    [InlineData("ENOSYS")]
    [InlineData("ENOLCK")]
    [InlineData("EOPNOTSUPP")]
    [InlineData("EBADF")]
    public void Update_FileSystemWithoutFlock_LosesNothing(string error)
    {
        Machine.NeedsLinux();
        _home.Credentials = ScratchHome.LongTermSection("p");

        var workers =
            Enumerable.Range(0, 3).Select(i => StartWithout(["flock"], error, null, "add", _home.CredentialsPath, $"w{i}", "5")).ToList();
        Machine.Finish(workers);

        Assert.Equal(15, _home.Files.Credentials.Read().Sections.Count(section => section.Name.StartsWith('w')));
    }

    [OnUnix]
    [Theory]
    [InlineData("ENOSYS")]
    [InlineData("ENOLCK")]
    public void Update_FileSystemOfTheHomeWithoutAnyLock_IsLockedInTheRuntimeFolder(string error)
    {
        Machine.NeedsLinux();
        _home.Credentials = ScratchHome.LongTermSection("p");
        string path = _home.Files.Credentials.MakeFolders().File("lock");
        File.WriteAllText(path, string.Empty);

        var workers = Enumerable.Range(0, 3)
            .Select(i => StartWithout(["flock", "fcntl"], error, path, "add", _home.CredentialsPath, $"w{i}", "5")).ToList();
        Machine.Finish(workers);

        Assert.Equal(15, _home.Files.Credentials.Read().Sections.Count(section => section.Name.StartsWith('w')));
        Assert.StartsWith("process ", File.ReadAllText(LockFolder.Substitute(path)), StringComparison.Ordinal);
        Assert.Empty(File.ReadAllText(path));
        File.Delete(LockFolder.Substitute(path));
    }

    [OnUnix]
    [Fact]
    public void Redeem_FileSystemsWithoutAnyLock_IsRefusedAndNothingIsSent()
    {
        Machine.NeedsLinux();
        NeedsStrace();
        ScratchHome.Write(_home.At("credentials"), ScratchHome.LongTermSection("p"));
        using var worker = Machine.StartWorker("redeem", _home.Root, "123456");
        Assert.Equal("ready", worker.StandardOutput.ReadLine());
        using var strace =
            Machine.Start(
                "strace",
                "-f",
                "-o",
                "/dev/null",
                "-e",
                "trace=flock,fcntl",
                "-e",
                "inject=flock,fcntl:error=ENOSYS",
                "-p",
                $"{worker.Id}");
        strace.StandardError.ReadLine();

        worker.StandardInput.WriteLine();
        string errors = worker.StandardError.ReadToEnd();
        worker.WaitForExit();

        Assert.NotEqual(0, worker.ExitCode);
        Assert.Contains("has file locks (flock, fcntl)", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_home.At("calls")));
    }

    private static void NeedsStrace() =>
        Assert.SkipWhen(Machine.Run("strace", "-qq", "-o", "/dev/null", "true") is null, "strace is not on this machine, or not allowed");

    // strace lets the calls fail as such a file system does: all of them, or those on one file.
    private static Process StartWithout(string[] calls, string error, string? path, params string[] arguments)
    {
        NeedsStrace();
        string[] injections = [.. calls.SelectMany(call => (string[])["-e", $"inject={call}:error={error}"])];
        return Machine.Start(
            "strace",
            ["-f", "-qq", "-o", "/dev/null", .. path is null ? [] : (string[])["-P", path], "-e", "trace=" + string.Join(',', calls),
                .. injections, Machine.WorkerPath, "worker", .. arguments]);
    }

    [OnUnix]
    [Fact]
    public void Take_HeldByAnotherProcess_IsBusyAndNamesItUntilItDies()
    {
        using var holder = Hold(out string name);

        var error = Assert.Throws<MfaException>(() => FileLock.Take(LockPath, "/file", Short, CancellationToken.None)).Error;

        Assert.Equal(MfaErrorId.StoreBusy, error.Id);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains("/file", error.Message, StringComparison.Ordinal);
        holder.Kill(entireProcessTree: true);
        using var taken = FileLock.Take(LockPath, "/file", TimeSpan.FromMinutes(5), CancellationToken.None);
        Assert.NotNull(taken);
    }

    [OnUnix]
    [Fact]
    public void Take_HeldByOneAfterTheOther_WaitsOn()
    {
        using var holder = Hold(out _, $"sleep 4; echo process 2 > '{LockPath}'; sleep 5");

        using var taken = FileLock.Take(LockPath, "/file", TimeSpan.FromSeconds(8), CancellationToken.None);

        Assert.NotNull(taken);
    }

    [OnUnix]
    [Fact]
    public void Take_HeldByOneAfterTheOtherForEver_IsBusyInTheEnd()
    {
        using var holder = Hold(out _, $"while :; do date +'process %N' > '{LockPath}'; sleep 0.02; done");

        var error = Assert.Throws<MfaException>(() => FileLock.Take(LockPath, "/file", Short, CancellationToken.None)).Error;

        Assert.Equal(MfaErrorId.StoreBusy, error.Id);
        holder.Kill(entireProcessTree: true);
    }

    [Fact]
    public void Take_Cancelled_EndsTheWaitAtOnce()
    {
        using var held = FileLock.TryTake(LockPath);
        using var stop = new CancellationTokenSource(50);

        // Not ended by it, the wait would end with StoreBusy.
        Assert.Throws<OperationCanceledException>(() => FileLock.Take(LockPath, "/file", TimeSpan.FromMinutes(10), stop.Token));
    }

    [Fact]
    public void Update_LockHeldByAnotherProcess_CancelledWritesNothing()
    {
        _home.Credentials = "[p]\nk = v\n";
        using var held = FileLock.TryTake(_home.Files.Credentials.MakeFolders().File("lock"));
        using var stop = new CancellationTokenSource(50);

        Assert.Throws<OperationCanceledException>(
            () => _home.Files.Credentials.Update(document => document.Set("p", [new("k", "w")]), stop.Token));

        Assert.Equal("[p]\nk = v\n", _home.Credentials);
    }

    [OnUnix]
    [Fact]
    public void TryTake_LockFile_IsForTheOwnerAlone()
    {
        Machine.NeedsUnix();
        using var held = FileLock.TryTake(LockPath);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Unix.Mode(LockPath));
    }

    [OnUnix]
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TryTake_LockFileIsALink_IsRefusedAndItsTargetStays(bool isThere)
    {
        Machine.NeedsUnix();
        File.CreateSymbolicLink(LockPath, "target");
        if (isThere)
        {
            File.WriteAllText(_home.At("target"), "text");
        }

        var error = Assert.Throws<MfaException>(() => FileLock.Take(LockPath, "/file", Short, CancellationToken.None)).Error;

        Assert.Equal(MfaErrorId.StoreUnsafe, error.Id);
        Assert.Contains(LockPath, error.Message, StringComparison.Ordinal);
        Assert.Equal(isThere ? "text" : null, File.Exists(_home.At("target")) ? File.ReadAllText(_home.At("target")) : null);
    }

    [Fact]
    public void TryTake_FolderIsGone_IsAnErrorOfTheCatalogue()
    {
        var error =
            Assert.Throws<MfaException>(() => FileLock.Take(_home.At("gone", "lock"), "/file", Short, CancellationToken.None)).Error;

        Assert.Equal(MfaErrorId.StoreAccessDenied, error.Id);
    }

    [Fact]
    public void ReadHolder_ControlCharacters_AreShownNotSent()
    {
        File.WriteAllText(LockPath, "process 1\u001b[31m");

        Assert.DoesNotContain('\u001b', FileLock.ReadHolder(LockPath)!);
        Assert.Null(FileLock.ReadHolder(_home.At("nothing")));
    }

    private Process Hold(out string name, string then = "exec sleep 60")
    {
        Machine.NeedsUnix();
        Assert.SkipWhen(Machine.Run("flock", "--version") is null, "flock (util-linux) is not on this machine");
        var holder = Machine.Start("flock", LockPath, "sh", "-c", $"echo process $$ | tee '{LockPath}'; {then}");
        name = holder.StandardOutput.ReadLine()!;
        Assert.StartsWith("process ", name, StringComparison.Ordinal);
        return holder;
    }
}
