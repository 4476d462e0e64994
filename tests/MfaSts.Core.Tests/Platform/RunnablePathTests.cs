using System.Text.Json;
using MfaSts.Platform.Windows;
using MfaSts.Profiles;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Platform;

public class RunnablePathTests
{
    [Theory]
    [InlineData(@"C:\Users\jo\AppData\Local\mfasts", null, @"C:\Users\jo\AppData\Local\mfasts")]
    [InlineData(@"C:\Users\Zoë\AppData\Local\mfasts", null, @"C:\Users\Zoë\AppData\Local\mfasts")]
    [InlineData(@"C:\Users\Jo Do\AppData\Local\mfasts", @"C:\Users\JODO~1\AppData\Local\mfasts", @"C:\Users\JODO~1\AppData\Local\mfasts")]
    [InlineData(@"C:\Users\Jo Do\mfasts", @"C:\Users\Jo Do\mfasts", null)]
    [InlineData(@"C:\Users\jo@corp\mfasts", null, null)]
    [InlineData(@"C:\Users\R&D\mfasts", @"C:\Users\R&D\mfasts", null)]
    public void Of_Folder_IsOneThatNeedsNoQuotes(string path, string? shortPath, string? runnable) =>
        Assert.Equal(runnable, RunnablePath.Of(path, _ => shortPath));

    // botocore.compat.compat_shell_split; the SDKs for .NET, JavaScript and Go give the line to cmd.exe, in three ways.
    [OnUnix]
    [Theory]
    [InlineData(@"C:\Users\JODO~1\AppData\Local\mfasts\mfasts.exe")]
    [InlineData(@"C:\Users\Zoë\AppData\Local\mfasts\mfasts.exe")]
    [InlineData(@"C:\ProgramData\mfasts-S-1-5-21-1-2-3-1001\mfasts.exe")]
    public void Line_PathWithoutQuotes_IsSplitByBotocoreForWindowsAsMeant(string program)
    {
        string? words = Machine.Run(
            "python3",
            "-c",
            "import sys, json, botocore.compat as c; print(json.dumps(c.compat_shell_split(sys.argv[1], platform='win32')))",
            $"{program} credential-process prod");
        Assert.SkipWhen(words is null, "python3 with botocore is not on this machine");

        Assert.Equal([program, "credential-process", "prod"], JsonSerializer.Deserialize<string[]>(words!)!);
    }

    [Theory]
    [InlineData("win-arm64", "win-arm64 win-x64")]
    [InlineData("win-x64", "win-x64")]
    [InlineData("linux-arm64", "linux-arm64")]
    public void SystemsFor_System_IsItselfAndWhatItEmulates(string identifier, string systems) =>
        Assert.Equal(systems.Split(' '), ProgramPlace.SystemsFor(identifier));
}
