using MfaSts.Files;
using MfaSts.Findings;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Findings;

/// <summary>What is found in files rather than in their content, and beside the two files.</summary>
public sealed class FileFindingTests : IDisposable
{
    private const UnixFileMode Open =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const string Pair = $"aws_access_key_id = {ScratchHome.KeyId}\naws_secret_access_key = {ScratchHome.Secret}\n";

    private readonly ScratchHome _home = new();

    private ProfileDoctor Doctor => new(_home.Files, _home.Environment, TimeProvider.System);

    public void Dispose() => _home.Dispose();

    [Fact]
    public void OpenFile_WithKeys_IsFoundAndClosed()
    {
        Machine.NeedsUnix();
        _home.Credentials = ScratchHome.LongTermSection("p");
        ScratchHome.Write(_home.StscredsPath, $"[q]\n{Pair}");
        _home.Config = "[profile p]\nregion = x\n";
        foreach (string file in (string[])[_home.CredentialsPath, _home.StscredsPath, _home.ConfigPath])
        {
            Unix.SetMode(file, Open);
        }

        var findings = Doctor.ExamineFiles();
        Assert.Equal([_home.CredentialsPath, _home.StscredsPath], findings.Select(finding => finding.Path));
        Assert.All(findings, finding => Assert.True(Doctor.Repair(finding, TestContext.Current.CancellationToken)));

        Assert.Empty(Doctor.ExamineFiles());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Unix.Mode(_home.CredentialsPath));
        Assert.Equal(Open, Unix.Mode(_home.ConfigPath));
    }

    [Fact]
    public void OpenConfig_WithKeys_IsFound()
    {
        Machine.NeedsUnix();
        _home.Config = $"[profile p]\n{Pair}";
        Unix.SetMode(_home.ConfigPath, Open);

        Assert.Equal([MfaFindingId.FileOpenToOthers], Doctor.ExamineFiles().Select(finding => finding.Id));
    }

    [Fact]
    public void ConfigThatOthersMayWrite_WithACommand_IsFound()
    {
        Machine.NeedsUnix();
        _home.Credentials = ScratchHome.LongTermSection("p");
        _home.Config = "[profile p]\nmfa_process = echo 123456\n";
        Unix.SetMode(_home.ConfigPath, Open | UnixFileMode.GroupWrite);

        var finding = Assert.Single(Doctor.Examine());
        Assert.Equal((MfaFindingId.CommandCannotRun, 2), (finding.Id, finding.Line));
        Assert.Contains("chmod go-w", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void FileFromTheFuture_TellsThatTheClockIsBehind()
    {
        _home.Credentials = ScratchHome.LongTermSection("p");
        File.SetLastWriteTimeUtc(_home.CredentialsPath, DateTime.UtcNow.AddMinutes(4));
        Assert.Empty(Doctor.Examine());
        File.SetLastWriteTimeUtc(_home.CredentialsPath, DateTime.UtcNow.AddMinutes(20));

        Assert.Equal((MfaFindingId.ClockBehind, _home.CredentialsPath), Doctor.Examine().Select(found => (found.Id, found.Path!)).Single());
    }

    [Theory]
    [InlineData("{\"1\":{\"DisplayName\":\"p\",\"AWSSecretKey\":\"encrypted\"},\"2\":{\"DisplayName\":\"other\"}}", true)]
    [InlineData("{\"1\":{\"DisplayName\":\"other\"},\"2\":3}", false)]
    [InlineData("[]", false)]
    [InlineData("garbage", false)]
    public void EncryptedStore_ProfileOfTheSameName_IsFound(string accounts, bool isFound)
    {
        _home.Credentials = ScratchHome.LongTermSection("p");
        _home.Variables["LOCALAPPDATA"] = _home.At("local");
        string path = _home.At("local", "AWSToolkit", "RegisteredAccounts.json");
        ScratchHome.Write(path, accounts);

        var found = Doctor.Examine();

        Assert.Equal(
            isFound ? [(MfaFindingId.EncryptedStoreGoesFirst, "p", path)] : [], found.Select(one => (one.Id, one.Profile!, one.Path!)));
        Assert.All(found, one => Assert.EndsWith("Remove-AWSCredentialProfile -ProfileName p", one.Remedy, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$HOME/.aws/config", true)]
    [InlineData("~/.aws/config", true)]
    [InlineData("/some/where/config", false)]
    [InlineData("/some/$nothing/config", false)]
    public void PathOfAVariable_ThatNoShellHasExpanded_IsFound(string path, bool isFound)
    {
        Machine.NeedsUnix();
        _home.Variables["HOME"] = _home.Root;
        _home.Variables["AWS_CONFIG_FILE"] = path;
        var files = AwsFiles.Locate(_home.Environment, _home.Root);

        var found = new ProfileDoctor(files, _home.Environment, TimeProvider.System).Examine();

        Assert.Equal(isFound ? [MfaFindingId.PathNotExpanded] : [], found.Select(one => one.Id));
        Assert.All(found, one => Assert.EndsWith($"Write the full path: {_home.ConfigPath}", one.Remedy, StringComparison.Ordinal));
    }

    [Fact]
    public void ManyProfiles_AreExaminedInATimeThatGrowsWithThem()
    {
        string text = string.Concat(Enumerable.Range(0, 2000).Select(i => ScratchHome.LongTermSection($"p{i}")));
        _home.Credentials = text;
        _home.Config = string.Concat(Enumerable.Range(0, 2000).Select(
            i => $"[profile r{i}]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = p{i}\n"));

        Assert.Empty(Doctor.Examine());
    }
}
