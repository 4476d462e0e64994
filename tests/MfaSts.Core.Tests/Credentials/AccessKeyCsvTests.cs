using System.Text;
using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Credentials;

public sealed class AccessKeyCsvTests : IDisposable
{
    private const string Id = ScratchHome.KeyId;
    private const string Secret = ScratchHome.Secret;

    private readonly ScratchHome _home = new();

    private string Path => _home.At("accessKeys.csv");

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData($"Access key ID,Secret access key\r\n{Id},{Secret}\r\n", null, false)]
    [InlineData($"\uFEFFAccess key ID,Secret access key\n{Id},{Secret}", null, false)]
    [InlineData($"User Name,Access Key Id,Secret Access Key\n\"alice\",{Id},{Secret}\n", "alice", false)]
    [InlineData(
        $"User name,Password,Access key ID,Secret access key,Console login link\nalice,,{Id},{Secret},https://x.example/console\n",
        "alice",
        false)]
    [InlineData(
        "User name,Password,Access key ID,Secret access key,Console login "
            + $"link\nalice,\"p,\"\"w\",{Id},{Secret},https://x.example/console\n",
        "alice",
        true)]
    [InlineData($"SECRET ACCESS KEY,access key id\n\"{Secret}\",{Id}\n", null, false)]
    [InlineData($"AccessKeyId,SecretAccessKey,UserName\n{Id}, {Secret} ,alice\n", "alice", false)]
    public void Read_FileOfTheConsole_GivesItsKey(string text, string? user, bool holdsPassword)
    {
        ScratchHome.Write(Path, text);

        var csv = AccessKeyCsv.Read(Path);

        var row = Assert.Single(csv.Rows);
        Assert.Equal((Id, Secret, user, null), (row.AccessKeyId, row.SecretAccessKey, row.UserName, row.Profile));
        Assert.Equal((Path, holdsPassword), (csv.Path, csv.HoldsPassword));
        Assert.DoesNotContain(Secret, $"{row}{csv}", StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralRows_GivesThoseWithAKeyAndSeesEveryPassword()
    {
        ScratchHome.Write(
            Path,
            "User name,Password,Access key ID,Secret access "
                + $"key,Profile\nalice,,{Id},{Secret},\nviewer,pw,,,\nbob,,{Id}2,{Secret}2,work\n");

        var csv = AccessKeyCsv.Read(Path);

        Assert.Equal(
            [("alice", null, Id), ("bob", "work", Id + "2")], csv.Rows.Select(row => (row.UserName, row.Profile, row.AccessKeyId)));
        Assert.True(csv.HoldsPassword);
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("\r\n\r\n", "it is empty")]
    [InlineData($"{Id},{Secret}\n", "its first line names no column 'Access key ID'")]
    [InlineData($"Access key ID\n{Id}\n", "its first line names no column 'Secret access key'")]
    [InlineData($"Secret access key,Access key ID,secretaccesskey\n{Secret},{Id},{Secret}\n", "more than one column 'Secret access key'")]
    [InlineData($"Profile,Access key ID,Secret access key,profile\na,{Id},{Secret},b\n", "more than one column 'Profile'")]
    [InlineData("Access key ID,Secret access key\n", "no row has an access key")]
    [InlineData("User name,Access key ID,Secret access key\nviewer,,\n", "no row has an access key")]
    [InlineData(
        $"Access key ID,Secret access key\n\n{Id},\n", "line 3, cannot be read as access keys: the column 'Secret access key' is empty")]
    [InlineData(
        $"Profile,Access key ID,Secret access key\nwork,,{Secret}\n",
        "line 2, cannot be read as the access key of profile 'work': the column 'Access key ID' is empty")]
    [InlineData($"Access key ID,Secret access key\n{Id},{Secret}\n{Id}\n", "line 3, cannot be read as access keys: it has 1 fields")]
    [InlineData($"Access key ID,Secret access key\n{Id},{Secret},x\n", "line 2, cannot be read as access keys: it has 3 fields")]
    [InlineData($"Access key ID,Secret access key\n{Id},\"{Secret}\n", "line 2, cannot be read as access keys: the closing quote")]
    [InlineData(
        $"Access key ID,Secret access key\n{Id},{Secret}\"\n",
        "line 2, cannot be read as access keys: a field that does not begin with a quote")]
    public void Read_OtherText_IsRefusedWithFileAndReasonAndNoValue(string text, string reason)
    {
        ScratchHome.Write(Path, text);

        var failure = Assert.Throws<MfaException>(() => AccessKeyCsv.Read(Path));

        Assert.Equal(MfaErrorId.CsvUnreadable, failure.Error.Id);
        Assert.StartsWith($"'{Path}'", failure.Error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, failure.Error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Id, failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-16", true, "it is UTF-16; save it as 'CSV UTF-8'")]
    [InlineData("utf-16BE", true, "it is UTF-16; save it as 'CSV UTF-8'")]
    [InlineData("utf-16", false, "it is UTF-16; save it as 'CSV UTF-8'")]
    [InlineData("iso-8859-1", false, "it is not UTF-8 text; save it as 'CSV UTF-8'")]
    public void Read_OtherEncoding_IsRefusedByName(string name, bool hasMark, string why)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] text = encoding.GetBytes($"User name,Access key ID,Secret access key\nJos\u00e9,{Id},{Secret}\n");
        ScratchHome.Write(Path, hasMark ? [.. encoding.GetPreamble(), .. text] : text);

        var failure = Assert.Throws<MfaException>(() => AccessKeyCsv.Read(Path));

        Assert.Contains(why, failure.Error.Message, StringComparison.Ordinal);
        Assert.Null(failure.InnerException);
    }

    [Theory]
    [InlineData("User name;Access key ID;Secret access key\r\nalice;{0};{1}\r\n")]
    [InlineData("User name\tAccess key ID\tSecret access key\r\nalice\t{0}\t{1}")]
    [InlineData("User name|Access key ID|Secret access key\nalice|{0}|{1}\n")]
    [InlineData("sep=;\r\nUser name;Access key ID;Secret access key\r\nalice;{0};{1}\r\n")]
    [InlineData("\ufeffUser name;Access key ID;Secret access key\r\n\"alice\";\"{0}\";\"{1}\"\r\n")]
    [InlineData("User name,Access key ID,Secret access key\n\"al;ice\",{0},{1}\n")]
    public void Read_SeparatorOfASpreadsheet_IsSeenInTheHeader(string text)
    {
        ScratchHome.Write(Path, string.Format(null, text, Id, Secret));

        var row = Assert.Single(AccessKeyCsv.Read(Path).Rows);

        Assert.Equal((Id, Secret), (row.AccessKeyId, row.SecretAccessKey));
        Assert.StartsWith("al", row.UserName, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1024 * 1024, true)]
    [InlineData((1024 * 1024) + 1, false)]
    public void Read_LargeFile_IsRefusedBeyondOneMegabyte(int length, bool isTaken)
    {
        string text = $"Access key ID,Secret access key\n{Id},{Secret}\n";
        ScratchHome.Write(Path, text + new string('\n', length - text.Length));

        Assert.Equal(isTaken, Record.Exception(() => AccessKeyCsv.Read(Path)) is null);
    }

    [Fact]
    public void Read_NoFile_IsRefusedByName()
    {
        Assert.Contains("there is no such file", Refusal(), StringComparison.Ordinal);
        Directory.CreateDirectory(Path);
        Assert.Equal(OperatingSystem.IsWindows(), !Refusal().Contains("it is not a file", StringComparison.Ordinal));

        string Refusal() => Assert.Throws<MfaException>(() => AccessKeyCsv.Read(Path)).Error.Message;
    }

    [Fact]
    public void Read_Pipe_IsRefusedWithoutAWait()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a FIFO is Unix's");
        using var made = System.Diagnostics.Process.Start("mkfifo", [Path]);
        made.WaitForExit();

        var failure = Assert.Throws<MfaException>(() => AccessKeyCsv.Read(Path));

        Assert.Contains("it is not a file", failure.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FileThatMayNotBeRead_IsRefusedByTheSystem()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "this user may read every file");
        ScratchHome.Write(Path, "x");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, UnixFileMode.None);
        }

        Assert.Equal(MfaErrorId.StoreAccessDenied, Assert.Throws<MfaException>(() => AccessKeyCsv.Read(Path)).Error.Id);
    }

    [OnUnix]
    [Fact]
    public void Delete_SymbolicLink_TakesTheFileBehindItToo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a right there");
        string real = _home.At("real.csv");
        ScratchHome.Write(real, $"Access key ID,Secret access key\n{Id},{Secret}\n");
        File.CreateSymbolicLink(Path, real);

        AccessKeyCsv.Read(Path).Delete();

        Assert.Empty(Directory.GetFiles(_home.Root));
    }

    [Fact]
    public void Delete_FileThatHasChanged_IsRefused()
    {
        ScratchHome.Write(Path, $"Access key ID,Secret access key\n{Id},{Secret}\n");
        var csv = AccessKeyCsv.Read(Path);
        File.AppendAllText(Path, $"{Id}2,{Secret}2\n");

        var failure = Assert.Throws<MfaException>(csv.Delete);

        Assert.Equal(MfaErrorId.StoreAccessDenied, failure.Error.Id);
        Assert.Contains("it has changed since it was read", failure.Error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path));
    }
}
