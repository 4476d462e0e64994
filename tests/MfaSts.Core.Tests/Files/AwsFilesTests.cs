using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Files;

public sealed class AwsFilesTests : IDisposable
{
    private readonly ScratchHome _home = new();

    public void Dispose() => _home.Dispose();

    [OnUnix]
    [Theory]
    [InlineData("HOME=/h", "/h/.aws/credentials", "/h/.aws/config")]
    [InlineData("HOME=/h;USERPROFILE=/u", "/h/.aws/credentials", "/h/.aws/config")]
    [InlineData("HOME=;USERPROFILE=/u", "/u/.aws/credentials", "/u/.aws/config")]
    [InlineData("HOME=/h;AWS_SHARED_CREDENTIALS_FILE=/x/c;AWS_CONFIG_FILE=/y/d", "/x/c", "/y/d")]
    [InlineData("HOME=/h;AWS_SHARED_CREDENTIALS_FILE=~/c;AWS_CONFIG_FILE=~", "/h/c", "/h")]
    [InlineData("HOME=/h;AWS_SHARED_CREDENTIALS_FILE=c;AWS_CONFIG_FILE=../d", "/base/folder/c", "/base/d")]
    [InlineData("HOME=/h;AWS_SHARED_CREDENTIALS_FILE=~no-such-user/c", "/base/folder/~no-such-user/c", "/h/.aws/config")]
    [InlineData("HOME=/h;AWS_SHARED_CREDENTIALS_FILE=~root/c", "/root/c", "/h/.aws/config")]
    [InlineData("HOME=/h;AWS_SHARED_CREDENTIALS_FILE=$HOME/.aws/c;AWS_CONFIG_FILE=${HOME}/d", "/h/.aws/c", "/h/d")]
    [InlineData("HOME=;USERPROFILE=/u;AWS_SHARED_CREDENTIALS_FILE=$HOME/c", "/u/c", "/u/.aws/config")]
    [InlineData("HOME=/h;X=y;AWS_SHARED_CREDENTIALS_FILE=$HOME/$X/${X}z/$Xz;AWS_CONFIG_FILE=/a$", "/h/y/yz/$Xz", "/a$")]
    [InlineData("HOME=/h;D=~/e;AWS_SHARED_CREDENTIALS_FILE=$D/c;AWS_CONFIG_FILE=/${D", "/h/e/c", "/${D")]
    [InlineData("HOME=/h;AWS_SHARED_CREDENTIALS_FILE=/%HOME%/c", "/%HOME%/c", "/h/.aws/config")]
    [InlineData("HOME=relative", "/base/folder/relative/.aws/credentials", "/base/folder/relative/.aws/config")]
    public void Locate_Variables_GiveThePaths(string variables, string credentials, string config)
    {
        Machine.NeedsUnix();
        var files = AwsFiles.Locate(Variables(variables), "/base/folder");

        Assert.Equal(credentials, files.Credentials.Path);
        Assert.Equal(config, files.Config.Path);
    }

    [Theory]
    [InlineData("%USERPROFILE%/.aws/c", "/u/.aws/c")]
    [InlineData("%userprofile%/x", "%userprofile%/x")]
    [InlineData("100%", "100%")]
    [InlineData("%%/x", "%%/x")]
    [InlineData("$HOME/%USERPROFILE%", "/h//u")]
    public void ExpandVariables_Windows_KnowsPercentSigns(string path, string expected)
    {
        var variables = Variables("HOME=/h;USERPROFILE=/u");

        Assert.Equal(expected, new UserPaths(variables, "/h", "/base").ExpandVariables(path, hasPercentVariables: true));
    }

    [Theory]
    [InlineData("HOME=/h;USERPROFILE=/u", "", "/h", null)]
    [InlineData("HOME=/h;USERPROFILE=/u", "/u", "/u", null)]
    [InlineData("HOME=/h;USERPROFILE=/u", "/h", "/h", null)]
    [InlineData("HOME=/h;USERPROFILE=/u", "/h /u", "/h", "/u")]
    [InlineData("HOME=/h;USERPROFILE=/h", "/h", "/h", null)]
    [InlineData("USERPROFILE=/u", "", "/u", null)]
    public void HomeFolder_Windows_IsTheOneThatHasTheFile(string variables, string having, string expected, string? other)
    {
        // Drive letters, so that HOME is not taken for a path of MSYS.
        var values = Variables(variables.Replace("=/", "=C:/", StringComparison.Ordinal));
        bool Exists(string path) =>
            having.Split(' ').Any(folder => folder.Length > 0 && path.StartsWith("C:" + folder, StringComparison.Ordinal));

        var home = HomeFolder.Find(values, hasTwoHomes: true, "credentials", Exists);

        Assert.Equal(("C:" + expected, other is null ? null : "C:" + other), (home.Path, home.Other));
    }

    [Fact]
    public void HomeFolder_WindowsAndAPathOfMsys_IsUserProfile() =>
        Assert.Equal(
            "C:/u", HomeFolder.Find(Variables("HOME=/c/Users/u;USERPROFILE=C:/u"), hasTwoHomes: true, "credentials", _ => true).Path);

    private static EnvironmentVariables Variables(string text)
    {
        var pairs = text.Split(';').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return new EnvironmentVariables(pairs.GetValueOrDefault);
    }
}
