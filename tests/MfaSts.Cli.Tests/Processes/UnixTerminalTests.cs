using System.Runtime.InteropServices;
using System.Text;
using MfaSts.Cli.Terminal;
using MfaSts.Cli.Tests.Support;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Cli.Tests.Processes;

/// <summary>The prompt on a terminal that this process has made.</summary>
public sealed partial class UnixTerminalTests
{
    private const int ReadWriteWithoutControl = 2 | 0x100;

    [Theory]
    [InlineData(null, 140)]
    [InlineData(50, 70)]
    public void Prompt_ends_after_two_minutes_or_the_limit_that_is_set(int? limit, int expected)
    {
        using var master = Open(out string device);
        var clock = new SettableClock { Step = TimeSpan.FromSeconds(10) };

        Assert.Null(Ask(clock, device, limit));

        // One step for the start and one for each look at the clock.
        Assert.Equal(TimeSpan.FromSeconds(expected), TimeSpan.FromSeconds(clock.GetTimestamp() / (double)clock.TimestampFrequency));
    }

    [Fact]
    public async Task Answer_is_taken_without_its_line_end()
    {
        using var master = Open(out string device);
        var answer = Task.Run(() => Ask(new SettableClock(), device));
        byte[] shown = new byte[100];
        Assert.Equal("Code: ", Encoding.UTF8.GetString(shown, 0, (int)Read(master, shown, shown.Length)));

        Write(master, "123456\n"u8.ToArray(), 7);

        Assert.Equal("123456", await answer);
    }

    [Fact]
    public async Task Answer_that_may_be_seen_is_echoed()
    {
        using var master = Open(out string device);
        var answer = Task.Run(() => OperatingSystem.IsWindows()
            ? null
            : new UnixTerminal(new SettableClock(), device).Ask("Number: ", TestContext.Current.CancellationToken));
        byte[] shown = new byte[100];
        Assert.Equal("Number: ", Encoding.UTF8.GetString(shown, 0, (int)Read(master, shown, shown.Length)));

        Write(master, "2\n"u8.ToArray(), 2);

        Assert.Equal("2", await answer);
        Assert.Equal("2\r\n", Encoding.UTF8.GetString(shown, 0, (int)Read(master, shown, shown.Length)));
    }

    [Fact]
    public void Terminal_that_is_not_there_gives_no_answer()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pseudo-terminals as Linux has them");
        Assert.Null(Ask(new SettableClock(), "/dev/no-such-terminal"));
    }

    private static string? Ask(SettableClock clock, string device, int? limit = null)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var terminal = new UnixTerminal(clock, device);
        terminal.Limit = limit is { } seconds ? TimeSpan.FromSeconds(seconds) : terminal.Limit;
        return terminal.AskSecret("Code: ", TestContext.Current.CancellationToken);
    }

    private static SafeFileHandle Open(out string device)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pseudo-terminals as Linux has them");
        var master = new SafeFileHandle(OpenMaster(ReadWriteWithoutControl), ownsHandle: true);
        Assert.Equal((0, 0), (Grant(master), Unlock(master)));
        byte[] name = new byte[100];
        Assert.Equal(0, Name(master, name, name.Length));
        device = Encoding.UTF8.GetString(name).TrimEnd('\0');
        return master;
    }

    [LibraryImport("libc", EntryPoint = "posix_openpt")]
    private static partial int OpenMaster(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt")]
    private static partial int Grant(SafeFileHandle master);

    [LibraryImport("libc", EntryPoint = "unlockpt")]
    private static partial int Unlock(SafeFileHandle master);

    [LibraryImport("libc", EntryPoint = "ptsname_r")]
    private static partial int Name(SafeFileHandle master, byte[] name, nint length);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(SafeFileHandle master, byte[] buffer, nint count);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(SafeFileHandle master, byte[] buffer, nint count);
}
