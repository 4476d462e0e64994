using MfaSts.Files;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Files;

public sealed class LockFolderTests : IDisposable
{
    private readonly ScratchHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void File_ProfilesWithOddNames_NeverShareAFile()
    {
        var folder = _home.Files.Credentials.MakeFolders();
        string[] names = ["a", "A", "a/b", "a%2Fb", "a.b", "..", "a b", "é", new string('x', 300), new string('x', 301), "a\\b"];
        string[] paths = [.. names.Select(name => folder.File("session", name))];

        Assert.Equal(names.Length, paths.Distinct().Count());
        Assert.All(paths, path => Assert.Equal(folder.Path, Path.GetDirectoryName(path)));
        Assert.All(paths, path => Assert.InRange(Path.GetFileName(path).Length, 1, 255));
    }

    [Fact]
    public void For_TwoFilesInOneFolder_HaveTheirOwnLocks() =>
        Assert.NotEqual(_home.Files.Credentials.MakeFolders().File("lock"), _home.Files.Config.MakeFolders().File("lock"));

    [OnUnix]
    [Fact]
    public void For_FolderNotWritable_IsTheUsersOwnAndKnowsTheFileByInode()
    {
        Machine.NeedsUser();
        _home.Credentials = string.Empty;
        Unix.HardLink(_home.CredentialsPath, Path.Combine(_home.AwsFolder, "same"));
        Unix.SetMode(_home.AwsFolder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var folder = LockFolder.For(_home.CredentialsPath);

        Assert.False(folder.Path.StartsWith(_home.AwsFolder, StringComparison.Ordinal));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, Unix.Mode(folder.Path));
        Assert.Equal(folder.File("lock"), LockFolder.For(Path.Combine(_home.AwsFolder, "same")).File("lock"));
    }
}
