using MfaSts.Findings;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Findings;

public sealed class ProgramPathTests : IDisposable
{
    private readonly ScratchHome _home = new();

    public ProgramPathTests()
    {
        foreach (string name in (string[])["tool", "op.exe", "it is/tool"])
        {
            ScratchHome.Write(_home.At(["bin", .. name.Split('/')]), "#!/bin/sh\n");
            if (!OperatingSystem.IsWindows())
            {
                Unix.SetMode(_home.At(["bin", .. name.Split('/')]), UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }
        }

        ScratchHome.Write(_home.At("bin", "text"), "no program\n");
        _home.Variables["HOME"] = _home.Root;
    }

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("tool --otp", null)]
    [InlineData("{bin}/tool", null)]
    [InlineData("~/bin/tool x", null)]
    [InlineData("\"{bin}/it is/tool\" x", null)]
    [InlineData("'{bin}/it is/tool' x", null)]
    [InlineData("absent --otp", "absent")]
    [InlineData("{bin}/absent", "{bin}/absent")]
    [InlineData("\"{bin}/it is not/tool\" x", "{bin}/it is not/tool")]
    [InlineData("{bin}/text", "{bin}/text")]
    [InlineData("echo 123456", null)]
    [InlineData("./relative/tool", null)]
    [InlineData("$HOME/tool", null)]
    [InlineData("A=b absent", null)]
    [InlineData("(absent)", null)]
    [InlineData("absent|cat", null)]
    [InlineData("", null)]
    public void Missing_CommandOfSh_IsTheProgramThatIsNotThere(string command, string? program)
    {
        Machine.NeedsUnix();
        _home.Variables["PATH"] = $"/nowhere:{_home.At("bin")}";

        Assert.Equal(Fill(program), new ProgramPath(_home.Environment, isWindows: false).Missing(Fill(command)!));
    }

    [Theory]
    [InlineData("op item get aws --otp", null)]
    [InlineData("op.exe item", null)]
    [InlineData("absent item", "absent")]
    [InlineData("call absent", null)]
    public void Missing_CommandOfCmd_IsLookedForWithItsEndings(string command, string? program)
    {
        _home.Variables["PATH"] = $"{_home.At("nowhere")};{_home.At("bin")}";
        _home.Variables["PATHEXT"] = ".com;.exe";

        Assert.Equal(program, new ProgramPath(_home.Environment, isWindows: true).Missing(command));
    }

    private string? Fill(string? text) => text?.Replace("{bin}", _home.At("bin"), StringComparison.Ordinal);
}
