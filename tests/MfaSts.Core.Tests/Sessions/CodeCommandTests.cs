using MfaSts.Errors;
using MfaSts.Sessions;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Sessions;

public sealed class CodeCommandTests : IDisposable
{
    private readonly ScratchHome _home = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("echo ' 012345 '")]
    [InlineData("cat; echo 012345")]
    [InlineData("test -z \"$AWS_SECRET_ACCESS_KEY$AWS_SESSION_TOKEN\" && printf 012345")]
    public async Task RunAsync_CommandThatPrintsSixDigits_GivesThem(string command) =>
        Assert.Equal("012345", await CodeCommand.RunAsync(Plan(command), _home.Files.Config, Stop));

    [Fact]
    public async Task RunAsync_ChildInTheBackgroundHoldsTheOutput_IsNotWaitedFor()
    {
        string pidFile = _home.At("pid");

        Assert.Equal("131313", await CodeCommand.RunAsync(Plan($"sleep 600 & echo $! > '{pidFile}'; echo 131313"), _home.Files.Config, Stop));

        int pid = int.Parse(await File.ReadAllTextAsync(pidFile, Stop), System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(IsRunning(pid));
        System.Diagnostics.Process.GetProcessById(pid).Kill();
    }

    [Theory]
    [InlineData("echo 12345", "six digits")]
    [InlineData("echo topsecretvalue", "six digits")]
    [InlineData("echo 123456; exit 3", "exited with 3")]
    [InlineData("/no/such/program", "exited with 127")]
    public async Task RunAsync_OtherCommand_FailsWithoutRepeatingItsOutput(string command, string why)
    {
        var error = (await Assert.ThrowsAsync<MfaException>(() => CodeCommand.RunAsync(Plan(command), _home.Files.Config, Stop))).Error;

        Assert.Equal(MfaErrorId.CodeProcessFailed, error.Id);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("topsecretvalue", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ConfigWritableByOthers_IsNotRun()
    {
        var plan = Plan($"touch '{_home.At("ran")}'; echo 123456");
        Unix.SetMode(_home.ConfigPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);

        Assert.Equal(MfaErrorId.StoreUnsafe, (await Assert.ThrowsAsync<MfaException>(() => CodeCommand.RunAsync(plan, _home.Files.Config, Stop))).Error.Id);
        Assert.False(File.Exists(_home.At("ran")));
    }

    [Fact]
    public async Task RunAsync_Cancelled_KillsTheCommand()
    {
        string pidFile = _home.At("pid");
        using var stop = new CancellationTokenSource();
        var running = CodeCommand.RunAsync(Plan($"echo $$ > '{pidFile}.new'; mv '{pidFile}.new' '{pidFile}'; exec sleep 600"), _home.Files.Config, stop.Token);
        await Eventually(() => File.Exists(pidFile));
        int pid = int.Parse(await File.ReadAllTextAsync(pidFile, Stop), System.Globalization.CultureInfo.InvariantCulture);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await Eventually(() => !IsRunning(pid));
    }

    private static async Task Eventually(Func<bool> condition)
    {
        for (int i = 0; i < 6000 && !condition(); i++)
        {
            await Task.Delay(50, Stop);
        }

        Assert.True(condition());
    }

    private static bool IsRunning(int pid)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private SessionPlan Plan(string command)
    {
        Machine.NeedsUnix();
        _home.Credentials = ScratchHome.LongTermSection("p");
        _home.Config = $"[profile p]\nmfa_process = {command}\n";
        return new SessionPlanner(_home.Files, _home.Environment, new TestClock()).Plan(new() { Profile = "p" });
    }
}
