using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Files;

public sealed class AwsFilesTests : IDisposable
{
    private readonly ScratchHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("HOME=/h", "/h/.aws/credentials", "/h/.aws/config")]
    [InlineData("HOME=/h;USERPROFILE=/u", "/h/.aws/credentials", "/h/.aws/config")]
    [InlineData("HOME=;USERPROFILE=/u", "/u/.aws/credentials", "/u/.aws/config")]
    [InlineData("HOME=/h;AWS_SHARED_CREDENTIALS_FILE=/x/c;AWS_CONFIG_FILE=/y/d", "/x/c", "/y/d")]
    [InlineData("HOME=/h;AWS_SHARED_CREDENTIALS_FILE=~/c;AWS_CONFIG_FILE=~", "/h/c", "/h")]
    [InlineData("HOME=/h;AWS_SHARED_CREDENTIALS_FILE=c;AWS_CONFIG_FILE=../d", "/base/folder/c", "/base/d")]
    [InlineData("HOME=/h;AWS_SHARED_CREDENTIALS_FILE=~x/c", "/base/folder/~x/c", "/h/.aws/config")]
    [InlineData("HOME=relative", "/base/folder/relative/.aws/credentials", "/base/folder/relative/.aws/config")]
    public void Locate_Variables_GiveThePaths(string variables, string credentials, string config)
    {
        Machine.NeedsUnix();
        var files = AwsFiles.Locate(Variables(variables), "/base/folder");

        Assert.Equal(credentials, files.Credentials.Path);
        Assert.Equal(config, files.Config.Path);
    }

    [Fact]
    public void Warnings_OddFiles_NameFileAndLineOfEach()
    {
        _home.Credentials = "[profile p]\nk: v\n";
        _home.Config = "[profile a b]\n[default]\n[profile default]\n";
        var warnings = _home.Files.Warnings().ToList();

        Assert.Equal(4, warnings.Count);
        Assert.Equal(2, warnings.Count(warning => warning.StartsWith($"'{_home.CredentialsPath}': line ", StringComparison.Ordinal)));
        Assert.Contains(warnings, warning => warning.StartsWith($"'{_home.ConfigPath}': line 3", StringComparison.Ordinal));
    }

    [Fact]
    public void Warnings_UsualFiles_AreNone()
    {
        _home.Credentials = ScratchHome.LongTermSection("p") + "[p]\naws_session_token = x\n";
        _home.Config = "[default]\nregion = x\n[profile p]\ns3 =\n  a = b\n[services s]\n";

        Assert.Empty(_home.Files.Warnings());
    }

    private static EnvironmentVariables Variables(string text)
    {
        var pairs = text.Split(';').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return new EnvironmentVariables(pairs.GetValueOrDefault);
    }
}
