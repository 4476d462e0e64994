using MfaSts.Errors;
using MfaSts.Platform.Windows;
using MfaSts.Profiles;
using MfaSts.Sessions;
using MfaSts.Stores;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Sessions;

public sealed class CodeCommandTests : IDisposable
{
    private readonly ScratchHome _home = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    [OnUnix]
    [Theory]
    [InlineData("echo ' 012345 '")]
    [InlineData("cat; echo 012345")]
    [InlineData("test -z \"$AWS_SECRET_ACCESS_KEY$AWS_SESSION_TOKEN\" && printf 012345")]
    public async Task RunAsync_CommandThatPrintsSixDigits_GivesThem(string command) =>
        Assert.Equal("012345", await CodeCommand.RunAsync(Plan(command), _home.Files.Config, mayUseTerminal: false, Stop));

    [OnUnix]
    [Fact]
    public async Task RunAsync_ChildInTheBackgroundHoldsTheOutput_IsNotWaitedFor()
    {
        string pidFile = _home.At("pid");

        Assert.Equal(
            "131313",
            await CodeCommand.RunAsync(
                Plan($"sleep 600 & echo $! > '{pidFile}'; echo 131313"), _home.Files.Config, mayUseTerminal: false, Stop));

        int pid = int.Parse(await File.ReadAllTextAsync(pidFile, Stop), System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(IsRunning(pid));
        System.Diagnostics.Process.GetProcessById(pid).Kill();
    }

    [OnUnix]
    [Theory]
    [InlineData("echo 12345", "it printed one line without a run of six digits")]
    [InlineData("echo topsecretvalue", "it printed one line without a digit")]
    [InlineData("printf 'topsecretvalue\\n111111 222222\\n'", "it printed 2 lines with 2 different runs of six digits")]
    [InlineData("true", "it printed nothing")]
    [InlineData("echo 123456; exit 3", "exited with 3")]
    [InlineData("/no/such/program", "exited with 127")]
    public async Task RunAsync_OtherCommand_FailsWithoutRepeatingItsOutput(string command, string why)
    {
        var error =
            (await Assert.ThrowsAsync<MfaException>(() => CodeCommand.RunAsync(Plan(command), _home.Files.Config, mayUseTerminal: false,
                Stop))).Error;

        Assert.Equal(MfaErrorId.CodeProcessFailed, error.Id);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("topsecretvalue", error.ToString(), StringComparison.Ordinal);
    }

    [OnUnix]
    [Fact]
    public async Task RunAsync_ConfigWritableByOthers_IsNotRun()
    {
        var plan = Plan($"touch '{_home.At("ran")}'; echo 123456");
        Unix.SetMode(_home.ConfigPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);

        Assert.Equal(
            MfaErrorId.StoreUnsafe,
            (await Assert.ThrowsAsync<MfaException>(() => CodeCommand.RunAsync(plan, _home.Files.Config, mayUseTerminal: false,
                Stop))).Error.Id);
        Assert.False(File.Exists(_home.At("ran")));
    }

    [OnUnix]
    [Fact]
    public async Task RunAsync_Cancelled_KillsTheCommand()
    {
        string pidFile = _home.At("pid");
        using var stop = new CancellationTokenSource();
        var running =
            CodeCommand.RunAsync(
                Plan($"echo $$ > '{pidFile}.new'; mv '{pidFile}.new' '{pidFile}'; exec sleep 600"),
                _home.Files.Config,
                mayUseTerminal: false,
                stop.Token);
        await Eventually(() => File.Exists(pidFile));
        int pid = int.Parse(await File.ReadAllTextAsync(pidFile, Stop), System.Globalization.CultureInfo.InvariantCulture);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await Eventually(() => !IsRunning(pid));
    }

    [OnUnix]
    [Fact]
    public async Task RunAsync_CommandNeedsTheSameSession_SaysSo()
    {
        // What an AWS tool does that the command runs, and that asks for the session in its turn.
        var plan = Plan("exit 255");
        var inner = new EnvironmentVariables(name => name == CodeCommandLoop.Variable ? "other\np" : null);
        _home.Config =
            $"[profile p]\nmfa_process = touch '{_home.At("running")}'; while [ ! -e '{_home.At("met")}' ]; do sleep 0.01; done; exit "
                + "255\n";
        plan = new SessionPlanner(_home.Files, _home.Environment, new TestClock()).Plan(new() { Profile = "p" });
        var outer = CodeCommand.RunAsync(plan, _home.Files.Config, mayUseTerminal: false, Stop);
        await Eventually(() => File.Exists(_home.At("running")));
        var broker = new SessionBroker(_home.Files, inner, () => throw new NotSupportedException(), new TestClock(), KeyStores.FileOnly);

        var innerError = Assert.Throws<MfaException>(() => broker.Prepare(new() { Profile = "p" })).Error;
        File.WriteAllText(_home.At("met"), string.Empty);
        var outerError = (await Assert.ThrowsAsync<MfaException>(() => outer)).Error;

        Assert.Equal((MfaErrorId.CodeProcessFailed, innerError.Message), (outerError.Id, outerError.Message));
        Assert.Contains("needs a session of the same profile", outerError.Message, StringComparison.Ordinal);
        Assert.NotNull(
            new SessionBroker(
                _home.Files,
                _home.Environment,
                () => throw new NotSupportedException(),
                new TestClock(),
                KeyStores.FileOnly).Prepare(new() { Profile = "p" }));
    }

    [OnUnix]
    [Fact]
    public async Task RunAsync_Command_KnowsWhoseCodeItGets() =>
        Assert.Equal(
            "000001",
            await CodeCommand.RunAsync(
                Plan($"[ \"${CodeCommandLoop.Variable}\" = p ] && echo 000001"), _home.Files.Config, mayUseTerminal: false, Stop));

    [Theory]
    [InlineData(
        "\"C:\\Program Files\\1Password CLI\\op.exe\" item get aws --otp",
        "/d /s /c \"\"C:\\Program Files\\1Password CLI\\op.exe\" item get aws --otp\"")]
    [InlineData("op item get aws --otp", "/d /s /c \"op item get aws --otp\"")]
    public void Describe_Windows_GivesCmdTheTextAsItStands(string command, string arguments)
    {
        var start = new WindowsPlatform().CommandStart(command, hasTerminal: false);

        Assert.Equal(("cmd.exe", arguments), (Path.GetFileName(start.FileName), start.Arguments));
        Assert.Empty(start.ArgumentList);
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
