using System.Net.Sockets;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Platform.Unix;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Files;

public sealed class SharedFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly ScratchHome _home = new();
    private Mount? _mount;

    private SharedFile Shared => _home.Files.Credentials;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _mount?.Dispose();
        _home.Dispose();
    }

    [Fact]
    public void Read_NoFileOrFolder_IsEmptyAndMakesNeither()
    {
        Assert.Empty(Shared.Read().Sections);
        Assert.False(Directory.Exists(_home.AwsFolder));
    }

    [OnUnix]
    [Fact]
    public void ChangedAt_Link_IsTheTimeOfItsTarget()
    {
        Machine.NeedsUnix();
        var absent = Shared.ChangedAt;
        ScratchHome.Write(_home.At("real"), "[p]\n");
        var written = new DateTime(2026, 3, 4, 10, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_home.At("real"), written);
        Directory.CreateDirectory(_home.AwsFolder);
        File.CreateSymbolicLink(_home.CredentialsPath, "../real");

        Assert.Equal(written, Shared.ChangedAt);
        Assert.True(absent < written);
    }

    [OnUnix]
    [Fact]
    public void Update_NoFileOrFolder_MakesBothForTheOwnerAlone()
    {
        Machine.NeedsUnix();

        Assert.True(Set("p", "k", "v"));

        Assert.Equal("[p]\nk = v\n", _home.Credentials);
        Assert.Equal(OwnerOnly, Unix.Mode(_home.CredentialsPath));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, Unix.Mode(_home.AwsFolder));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, Unix.Mode(Path.Combine(_home.AwsFolder, ".mfasts")));
    }

    [OnUnix]
    [Fact]
    public void Update_WithUmaskZero_EverythingIsStillForTheOwnerAlone()
    {
        Machine.NeedsUnix();
        Assert.NotNull(Machine.Run("/bin/sh", "-c", $"umask 0; exec '{Machine.WorkerPath}' worker add '{_home.CredentialsPath}' s 1"));

        foreach (
            string path in Directory.EnumerateFileSystemEntries(_home.AwsFolder, "*", SearchOption.AllDirectories).Append(_home.AwsFolder))
        {
            Assert.True((Unix.Mode(path) & ~(OwnerOnly | UnixFileMode.UserExecute)) == 0, path);
        }
    }

    [OnUnix]
    [Theory]
    [InlineData(0x1A4)]
    [InlineData(0x180)]
    [InlineData(0x1B0)]
    public void Update_ExistingMode_IsKept(int mode)
    {
        Machine.NeedsUnix();
        _home.Credentials = "[p]\nk = v\n";
        Unix.SetMode(_home.CredentialsPath, (UnixFileMode)mode);

        Set("p", "k", "w");

        Assert.Equal((UnixFileMode)mode, Unix.Mode(_home.CredentialsPath));
        Assert.Equal(mode != 0x180, Shared.IsOpenToOthers);
    }

    [OnUnix]
    [Fact]
    public void Update_ExistingFile_IsReplacedNotWrittenInPlace()
    {
        Machine.NeedsUnix();
        _home.Credentials = "[p]\nk = v\n";
        var before = Status();

        Set("p", "k", "w");

        Assert.NotEqual(before.Inode, Status().Inode);
        Assert.Equal(["credentials"], Directory.EnumerateFiles(_home.AwsFolder).Select(Path.GetFileName));
    }

    [OnUnix]
    [Fact]
    public void Update_AnothersFileAsRoot_KeepsItsOwner()
    {
        Machine.NeedsRoot("it gives a file away");
        _home.Credentials = "[p]\nk = v\n";
        Unix.ChangeOwner(_home.CredentialsPath, 4242, 4243);

        Set("p", "k", "w");

        Assert.Equal((4242u, 4243u, OwnerOnly), (Status().User, Status().Group, Status().Permissions));
    }

    [OnUnix]
    [Theory]
    [InlineData("user.note")]
    [InlineData("system.posix_acl_access")]
    public void Update_ExtendedAttributesAndAccessControlList_AreKept(string name)
    {
        Machine.NeedsLinux();
        _home.Credentials = "[p]\nk = v\n";
        byte[] value = name == "user.note" ? "hello"u8.ToArray() : Unix.AccessControlList;
        Assert.SkipUnless(Unix.TrySetAttribute(_home.CredentialsPath, name, value), $"the file system has no {name}");
        var mode = Status().Permissions;
        value = Unix.Attribute(_home.CredentialsPath, name)!;
        ulong inode = Status().Inode;

        Set("p", "k", "w");

        Assert.NotEqual(inode, Status().Inode);
        Assert.Equal(value, Unix.Attribute(_home.CredentialsPath, name));
        Assert.Equal(mode, Status().Permissions);
    }

    [OnUnix]
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Update_FolderWithADefaultAccessControlList_OpensTheFileToNobody(bool isThere)
    {
        Machine.NeedsLinux();
        const UnixFileMode groupReads = OwnerOnly | UnixFileMode.GroupRead;
        Directory.CreateDirectory(_home.AwsFolder);
        if (isThere)
        {
            _home.Credentials = "[p]\nk = v\n";
            Unix.SetMode(_home.CredentialsPath, groupReads);
        }

        Assert.SkipUnless(
            Unix.TrySetAttribute(_home.AwsFolder, "system.posix_acl_default", Unix.AccessControlList),
            "the file system has no access control lists");

        Set("p", "k", "w");

        Assert.Equal("[p]\nk = w\n", _home.Credentials);
        Assert.Null(Unix.Attribute(_home.CredentialsPath, "system.posix_acl_access"));
        Assert.Equal(isThere ? groupReads : OwnerOnly, Unix.Mode(_home.CredentialsPath));
    }

    [OnUnix]
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Update_SymbolicLink_StaysALinkAndItsTargetIsChanged(bool isRelative)
    {
        Machine.NeedsUnix();
        ScratchHome.Write(_home.At("dotfiles", "aws"), "[p]\nk = v\n");
        Directory.CreateDirectory(_home.AwsFolder);
        File.CreateSymbolicLink(_home.CredentialsPath, isRelative ? "../dotfiles/aws" : _home.At("dotfiles", "aws"));

        Set("p", "k", "w");

        Assert.NotNull(new FileInfo(_home.CredentialsPath).LinkTarget);
        Assert.Equal("[p]\nk = w\n", File.ReadAllText(_home.At("dotfiles", "aws")));
        Assert.True(Directory.Exists(_home.At("dotfiles", ".mfasts")));
        Assert.False(Directory.Exists(_home.At(".aws", ".mfasts")));
    }

    [OnUnix]
    [Fact]
    public void Update_DanglingLink_MakesItsTarget()
    {
        Machine.NeedsUnix();
        Directory.CreateDirectory(_home.AwsFolder);
        File.CreateSymbolicLink(_home.CredentialsPath, "../later/credentials");

        Set("p", "k", "v");

        Assert.NotNull(new FileInfo(_home.CredentialsPath).LinkTarget);
        Assert.Equal("[p]\nk = v\n", File.ReadAllText(_home.At("later", "credentials")));
    }

    [OnUnix]
    [Fact]
    public void Update_RelativeLinkInALinkedFolder_LeadsWhereTheSystemLeads()
    {
        Machine.NeedsUnix();
        ScratchHome.Write(_home.At("real", "deep", "unused"), string.Empty);
        Directory.CreateSymbolicLink(_home.AwsFolder, _home.At("real", "deep"));
        File.CreateSymbolicLink(_home.CredentialsPath, "../target");

        Set("p", "k", "v");

        Assert.Equal("[p]\nk = v\n", File.ReadAllText(_home.At("real", "target")));
        Assert.Equal("[p]\nk = v\n", _home.Credentials);
    }

    [OnUnix]
    [Fact]
    public void Read_LinkInACircle_IsAnErrorOfTheCatalogue()
    {
        Machine.NeedsUnix();
        Directory.CreateDirectory(_home.AwsFolder);
        File.CreateSymbolicLink(_home.CredentialsPath, "credentials");

        Assert.Equal(MfaErrorId.StoreAccessDenied, Assert.Throws<MfaException>(() => Shared.Read()).Error.Id);
    }

    [OnUnix]
    [Theory]
    [InlineData("pipe")]
    [InlineData("socket")]
    [InlineData("folder")]
    public void ReadAndUpdate_NotAFile_AreRefusedAtOnceAndItStays(string kind)
    {
        Machine.NeedsUnix();
        Directory.CreateDirectory(_home.AwsFolder);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        switch (kind)
        {
            case "pipe":
                Assert.SkipWhen(Machine.Run("mkfifo", _home.CredentialsPath) is null, "mkfifo is not on this machine");
                break;
            case "socket":
                socket.Bind(new UnixDomainSocketEndPoint(_home.CredentialsPath));
                break;
            default:
                Directory.CreateDirectory(_home.CredentialsPath);
                break;
        }

        var before = Status();

        var error = Assert.Throws<MfaException>(() => Shared.Read()).Error;
        Assert.Equal(MfaErrorId.StoreUnreadable, error.Id);
        Assert.Contains("it is not a file", error.Message, StringComparison.Ordinal);
        Assert.Throws<MfaException>(() => Set("p", "k", "v"));
        Assert.Throws<MfaException>(Shared.RequireWritable);
        Assert.Throws<MfaException>(() => Shared.MakeFolders());
        Assert.Equal(before, Status());
        Assert.Single(Directory.EnumerateFileSystemEntries(_home.AwsFolder));
    }

    [OnUnix]
    [Fact]
    public void ReadAndUpdate_NullDevice_IsEmptyAndNeverReplaced()
    {
        Machine.NeedsLinux();
        MakeNullDevice();
        var before = Status();

        Assert.Empty(Shared.Read().Sections);
        Assert.False(Shared.IsOpenToOthers);
        Assert.False(Shared.Update(document => document.Remove("p"), Stop));
        foreach (var write in (Action[])[() => Set("p", "k", "v"), Shared.RequireWritable])
        {
            var error = Assert.Throws<MfaException>(write).Error;
            Assert.Equal(MfaErrorId.StoreAccessDenied, error.Id);
            Assert.Contains("it is not a file", error.Message, StringComparison.Ordinal);
        }

        Assert.Throws<IOException>(() => FileReplacer.Replace(FileImage.Read(_home.CredentialsPath), [1]));
        Assert.Throws<IOException>(() => UnlockedFile.OpenToWrite(_home.CredentialsPath));
        Assert.Equal((before.Mode, before.Inode), (Status().Mode, Status().Inode));
        Assert.Single(Directory.EnumerateFileSystemEntries(_home.AwsFolder));
    }

    [OnUnix]
    [Fact]
    public void Update_HardLink_IsWrittenInPlaceAndStaysOneFile()
    {
        Machine.NeedsUnix();
        _home.Credentials = "[p]\nk = a longer value\n";
        Unix.HardLink(_home.CredentialsPath, _home.At("other-name"));
        ulong inode = Status().Inode;

        Set("p", "k", "w");

        Assert.Equal(inode, Status().Inode);
        Assert.Equal("[p]\nk = w\n", File.ReadAllText(_home.At("other-name")));
        Assert.Empty(Journals());
    }

    [OnUnix]
    [Fact]
    public void Update_FolderNotWritable_IsWrittenInPlace()
    {
        Machine.NeedsUser();
        _home.Credentials = "[p]\nk = v\n";
        Unix.SetMode(_home.AwsFolder, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Set("p", "k", "w");

        Assert.Equal("[p]\nk = w\n", _home.Credentials);
    }

    [OnUnix]
    [Fact]
    public void Update_BindMount_IsWrittenInPlace()
    {
        ScratchHome.Write(_home.At("outside"), "[p]\nk = v\n");
        _home.Credentials = string.Empty;
        using var mount = Mount.Bind(_home.At("outside"), _home.CredentialsPath);

        Set("p", "k", "w");

        Assert.Equal("[p]\nk = w\n", File.ReadAllText(_home.At("outside")));
        Assert.Empty(Journals());
        Assert.Equal(["credentials"], Directory.EnumerateFiles(_home.AwsFolder).Select(Path.GetFileName));
    }

    [OnUnix]
    [Fact]
    public void Update_InPlaceAndTheJournalCannotBeRemoved_IsDoneAndTheJournalHoldsNoSecret()
    {
        _home.Credentials = "[p]\nk = v\n";
        Unix.HardLink(_home.CredentialsPath, _home.At("other-name"));
        string journal = Shared.MakeFolders().File(LockFolder.Journal);
        ScratchHome.Write(_home.At("journal"), string.Empty);
        Assert.True(Shared.Update(
            document =>
            {
                // From here on it is busy: a mount cannot be removed. Before, the update would remove it.
                ScratchHome.Write(journal, string.Empty);
                _mount = Mount.Bind(_home.At("journal"), journal);
                return document.Set("p", [new("k", "w")]);
            },
            Stop));

        Assert.Equal("[p]\nk = w\n", _home.Credentials);
        Assert.Equal(0, new FileInfo(journal).Length);
    }

    [OnUnix]
    [Fact]
    public void Replace_FileThatCannotBeLookedAt_IsAFailureAndNotTakenForNone()
    {
        Machine.NeedsUnix();
        Directory.CreateDirectory(_home.AwsFolder);
        File.CreateSymbolicLink(_home.CredentialsPath, "credentials");
        byte[] bytes = "[p]\nk = v\n"u8.ToArray();

        Assert.Throws<IOException>(() => FileReplacer.Replace(new FileImage(_home.CredentialsPath, bytes), bytes));
        Assert.Equal("credentials", new FileInfo(_home.CredentialsPath).LinkTarget);
    }

    [OnUnix]
    [Fact]
    public void Update_ReadOnlyFile_IsRefusedAndStays()
    {
        Machine.NeedsUser();
        _home.Credentials = "[p]\nk = v\n";
        Unix.SetMode(_home.CredentialsPath, UnixFileMode.UserRead);

        Assert.Equal(MfaErrorId.StoreAccessDenied, Assert.Throws<MfaException>(() => Set("p", "k", "w")).Error.Id);
        Assert.Equal(MfaErrorId.StoreAccessDenied, Assert.Throws<MfaException>(Shared.RequireWritable).Error.Id);
        Assert.Equal("[p]\nk = v\n", _home.Credentials);
    }

    [OnUnix]
    [Fact]
    public void Update_NoFileYetInAReadOnlyFolder_NamesTheFolderAndNoTemporaryFile()
    {
        Directory.CreateDirectory(_home.AwsFolder);
        using var mount = Mount.Bind(_home.AwsFolder, _home.AwsFolder);
        Assert.SkipWhen(Machine.Run("mount", "-o", "remount,bind,ro", _home.AwsFolder) is null, "mounting is not allowed here");

        string expected = $"'{_home.CredentialsPath}' cannot be written: no new file can be made in '{_home.AwsFolder}'.";
        Assert.Equal(expected, Assert.Throws<MfaException>(() => Set("p", "k", "w")).Error.Message);
        Assert.Equal(expected, Assert.Throws<MfaException>(Shared.RequireWritable).Error.Message);
    }

    [OnUnix]
    [Fact]
    public void Update_ReadOnlyMount_IsRefused()
    {
        _home.Credentials = "[p]\nk = v\n";
        using var mount = Mount.Bind(_home.AwsFolder, _home.AwsFolder);
        Assert.SkipWhen(Machine.Run("mount", "-o", "remount,bind,ro", _home.AwsFolder) is null, "mounting is not allowed here");

        Assert.Equal(MfaErrorId.StoreAccessDenied, Assert.Throws<MfaException>(() => Set("p", "k", "w")).Error.Id);
        Assert.Equal(MfaErrorId.StoreAccessDenied, Assert.Throws<MfaException>(Shared.RequireWritable).Error.Id);
    }

    [OnUnix]
    [Fact]
    public void Update_FullDisk_IsAnErrorAndTheFileIsAsItWas()
    {
        using var mount = Mount.Tiny(_home.AwsFolder);
        _home.Credentials = "[p]\nk = v\n";
        Shared.RequireWritable();
        Set("p", "k", "v2");
        Fill();

        var error = Assert.Throws<MfaException>(() => Set("p", "k", new string('w', 20_000))).Error;

        Assert.Equal(MfaErrorId.StoreFull, error.Id);
        Assert.Equal("[p]\nk = v2\n", _home.Credentials);
        Assert.Equal(["credentials", "filler"], Directory.EnumerateFiles(_home.AwsFolder).Select(Path.GetFileName).Order());
        Assert.Equal(MfaErrorId.StoreFull, Assert.Throws<MfaException>(Shared.RequireWritable).Error.Id);
    }

    [Fact]
    public async Task Update_LockFolderIsRemovedAgainAndAgain_NoWriterGivesUp()
    {
        using var stop = new CancellationTokenSource();
        var remover =
            Task.Factory.StartNew(
                () => RemoveAgainAndAgain(_home.At(".aws", ".mfasts"), stop.Token),
                stop.Token,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            for (int i = 0; i < 50; i++)
            {
                Set($"w{writer}-{i}", "k", "v");
            }
        })));

        await stop.CancelAsync();
        Assert.True(await remover > 0);
    }

    [OnUnix]
    [Fact]
    public void Update_FullDiskUnderABindMount_PutsTheOldBytesBack()
    {
        using var tiny = Mount.Tiny(_home.At("tiny"));
        string text = "[p]\nk = v\n# " + new string('x', 5000) + "\n";
        ScratchHome.Write(_home.At("tiny", "outside"), text);
        File.WriteAllBytes(_home.At("tiny", "filler"), new byte[8 * 1024]);
        _home.Credentials = string.Empty;
        using var mount = Mount.Bind(_home.At("tiny", "outside"), _home.CredentialsPath);

        var error = Assert.Throws<MfaException>(() => Set("p", "k", new string('w', 20_000))).Error;

        Assert.Equal(MfaErrorId.StoreFull, error.Id);
        Assert.Equal(text, _home.Credentials);
        Assert.Empty(Journals());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(14)]
    [InlineData(100)]
    public void Update_JournalOfAKilledWriter_FinishesItsWrite(int written)
    {
        byte[] before = "[p]\nk = v\n[q]\nn = 1\n"u8.ToArray();
        byte[] after = "[p]\nk = longer\n[q]\nn = 1\n"u8.ToArray();
        ScratchHome.Write(_home.CredentialsPath, [.. after.Take(written), .. before.Skip(written)]);
        string journal = WriteJournal(before, after, isWhole: true);

        Set("q", "n", "2");

        Assert.Equal("[p]\nk = longer\n[q]\nn = 2\n", _home.Credentials);
        Assert.False(File.Exists(journal));
    }

    [Fact]
    public void Read_TornFileWithJournal_FinishesTheWriteFirst()
    {
        byte[] before = "[p]\nk = a much longer value\n"u8.ToArray();
        byte[] after = "[p]\nk = v\njunk = 1\n"u8.ToArray();
        ScratchHome.Write(_home.CredentialsPath, [.. after[..13], .. before[13..]]);
        WriteJournal(before, after, isWhole: true);

        Assert.Equal("v", Shared.Read().Find("p")!["k"]);
        Assert.Equal(after, File.ReadAllBytes(_home.CredentialsPath));
    }

    [Fact]
    public void Read_TornFileThatIsWellFormed_FinishesTheWriteFirst()
    {
        byte[] before = "[p]\nk = aaaa\nn = 1\n"u8.ToArray();
        byte[] after = "[p]\nk = bbbb\n"u8.ToArray();
        ScratchHome.Write(_home.CredentialsPath, [.. after[..10], .. before[10..]]);
        WriteJournal(before, after, isWhole: true);

        Assert.Equal("bbbb", Shared.Read().Find("p")!["k"]);
        Assert.Equal(after, File.ReadAllBytes(_home.CredentialsPath));
    }

    [OnUnix]
    [Fact]
    public void Read_JournalInTheUsersOwnFolder_FinishesTheWriteFirst()
    {
        Machine.NeedsUnix();
        byte[] before = "[p]\nk = aaaa\nn = 1\n"u8.ToArray();
        byte[] after = "[p]\nk = bbbb\n"u8.ToArray();
        ScratchHome.Write(_home.CredentialsPath, [.. after[..10], .. before[10..]]);
        MakeLockFolderReadOnly();
        string journal = WriteJournal(before, after, isWhole: true);
        Assert.False(journal.StartsWith(_home.Root, StringComparison.Ordinal));

        Assert.Equal("bbbb", Shared.Read().Find("p")!["k"]);
        Assert.Equal(after, File.ReadAllBytes(_home.CredentialsPath));
        Assert.False(File.Exists(journal));
        File.Delete(Shared.MakeFolders().File("lock"));
    }

    [Theory]
    [InlineData("[p]\nk = v\n")]
    [InlineData("[p]\nk = v\ntorn")]
    public void Read_NoJournal_MakesNoFolders(string text)
    {
        _home.Credentials = text;

        _ = Record.Exception(() => Shared.Read());

        Assert.Single(Directory.EnumerateFileSystemEntries(_home.AwsFolder));
    }

    [Fact]
    public void Read_JournalOfAWriterThatStoppedInTheMiddle_IsBusySoonAndWorksWhenItEnds()
    {
        _home.Credentials = "[p]\nk = v\n";
        string journal = WriteJournal("[p]\nk = v\n"u8.ToArray(), "[p]\nk = x\n"u8.ToArray(), isWhole: true);
        var hasty = new SharedFile(_home.CredentialsPath) { JournalLimit = TimeSpan.FromMilliseconds(50) };
        using (FileLock.TryTake(Shared.MakeFolders().File("lock")))
        {
            var error = Assert.Throws<MfaException>(() => hasty.Read()).Error;

            Assert.Equal(MfaErrorId.StoreBusy, error.Id);
            Assert.Contains($"process {Environment.ProcessId}", error.Message, StringComparison.Ordinal);
            Assert.True(File.Exists(journal));
        }

        Assert.Equal("x", hasty.Read().Find("p")!["k"]);
    }

    [Fact]
    public void Update_JournalThatWasCutOff_IsDroppedAndTheFileStays()
    {
        _home.Credentials = "[p]\nk = v\n";
        string journal = WriteJournal("[p]\nk = v\n"u8.ToArray(), "[p]\nk = x\n"u8.ToArray(), isWhole: false);

        Set("q", "n", "1");

        Assert.Equal("[p]\nk = v\n\n[q]\nn = 1\n", _home.Credentials);
        Assert.False(File.Exists(journal));
    }

    [Fact]
    public void Update_JournalOfAFileThatAnotherChangedSince_LeavesTheOthersBytes()
    {
        _home.Credentials = "[other]\nk = v\n";
        WriteJournal("[p]\nk = v\n"u8.ToArray(), "[p]\nk = x\n"u8.ToArray(), isWhole: true);

        Set("q", "n", "1");

        Assert.Equal("[other]\nk = v\n\n[q]\nn = 1\n", _home.Credentials);
    }

    [Fact]
    public void Update_TemporaryFilesOfKilledWriters_AreRemoved()
    {
        _home.Credentials = "[p]\nk = v\n";
        ScratchHome.Write(Path.Combine(_home.AwsFolder, ".credentials.mfasts-0123"), "secret");
        ScratchHome.Write(Path.Combine(_home.AwsFolder, ".config.mfasts-0123"), "another file's");

        Set("p", "k", "w");

        Assert.Equal([".config.mfasts-0123", "credentials"], Directory.EnumerateFiles(_home.AwsFolder).Select(Path.GetFileName).Order());
    }

    [OnUnix]
    [Fact]
    public void Update_NothingToDo_WritesNothing()
    {
        Machine.NeedsUnix();
        _home.Credentials = "[p]\nk = v\n";
        ulong inode = Status().Inode;

        Assert.False(Set("p", "k", "v"));
        Assert.False(Shared.Update(document => document, Stop));
        Assert.Equal(inode, Status().Inode);
    }

    [OnUnix]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Update_ForeignWriterBetweenReadAndReplace_StartsOverAndKeepsItsUpdate(bool inPlace)
    {
        Machine.NeedsUnix();
        _home.Credentials = "[p]\nk = v\n";
        if (inPlace)
        {
            Unix.HardLink(_home.CredentialsPath, _home.At("other-name"));
        }

        int calls = 0;
        Shared.Update(
            document =>
            {
                if (++calls == 1)
                {
                    File.AppendAllText(_home.CredentialsPath, "[foreign]\nn = 1\n");
                }

                return document.Set("p", [new("k", "w")]);
            },
            Stop);

        Assert.Equal(2, calls);
        Assert.Equal("[p]\nk = w\n[foreign]\nn = 1\n", _home.Credentials);
    }

    [Fact]
    public void Update_ForeignWriterMakesTheFileMeanwhile_KeepsItsUpdate()
    {
        int calls = 0;
        Shared.Update(
            document =>
            {
                if (++calls == 1)
                {
                    File.WriteAllText(_home.CredentialsPath, "[foreign]\nn = 1\n");
                }

                return document.Set("p", [new("k", "w")]);
            },
            Stop);

        Assert.Equal("[foreign]\nn = 1\n\n[p]\nk = w\n", _home.Credentials);
    }

    [Fact]
    public void Update_ForeignWriterThatNeverRests_IsGivenUpOn()
    {
        _home.Credentials = "[p]\nk = v\n";
        int calls = 0;

        var error = Assert.Throws<MfaException>(() => Shared.Update(
            document =>
            {
                File.AppendAllText(_home.CredentialsPath, $"# {++calls}\n");
                return document.Set("p", [new("k", "w")]);
            },
            Stop)).Error;

        Assert.Equal(MfaErrorId.StoreBusy, error.Id);
        Assert.InRange(calls, 10, 100);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[p]\nk = v\n[q")]
    public async Task Read_EmptyOrTornFileThatHasJustChanged_IsReadAgain(string torn)
    {
        ScratchHome.Write(_home.CredentialsPath, torn);
        var patient = new SharedFile(_home.CredentialsPath) { TornLimit = TimeSpan.FromMinutes(1), JustChanged = TimeSpan.FromMinutes(10) };
        var reading =
            Task.Factory.StartNew(() => patient.Read().Find("q")?["n"], Stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        await Task.Delay(50, Stop);
        await File.WriteAllTextAsync(_home.CredentialsPath, "[p]\nk = v\n[q]\nn = 1\n", Stop);

        Assert.Equal("1", await reading);
    }

    [Fact]
    public void Read_GarbageLine_IsRefusedWithItsNumberAndTheFileLeftAlone()
    {
        const string text = "[p]\nk = v\ngarbage\n";
        _home.Credentials = text;

        var error = Assert.Throws<MfaException>(() => Set("q", "n", "1")).Error;

        Assert.Equal(MfaErrorId.StoreUnreadable, error.Id);
        Assert.Contains("line 3", error.Message, StringComparison.Ordinal);
        Assert.Contains(_home.CredentialsPath, error.Message, StringComparison.Ordinal);
        Assert.Equal(text, _home.Credentials);
        Assert.Equal(MfaErrorId.StoreUnreadable, Assert.Throws<MfaException>(() => Shared.Read()).Error.Id);
    }

    [Fact]
    public void Update_SixteenThreads_LoseNothing()
    {
        var threads = Enumerable.Range(0, 16).Select(i => new Thread(() => Set($"t{i}", "k", "v"))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Equal(Enumerable.Range(0, 16).Select(i => $"t{i}").Order(), Shared.Read().Sections.Select(section => section.Name).Order());
    }

    [OnUnix]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Update_SixProcesses_LoseNothing(bool inPlace)
    {
        Machine.NeedsUnix();
        _home.Credentials = "[p]\nk = v\n";
        if (inPlace)
        {
            Unix.HardLink(_home.CredentialsPath, _home.At("other-name"));
        }

        Machine.Finish([.. Enumerable.Range(0, 6).Select(i => Machine.StartWorker("add", _home.CredentialsPath, $"w{i}", "8"))]);

        Assert.Equal(49, Shared.Read().Sections.Count);
    }

    [OnUnix]
    [Theory]
    [InlineData(0x180, true)]
    [InlineData(0x1A4, true)]
    [InlineData(0x1B4, false)]
    [InlineData(0x182, false)]
    public void IsTrusted_WritableByOthers_IsNot(int mode, bool isTrusted)
    {
        Machine.NeedsUnix();
        _home.Config = string.Empty;
        Unix.SetMode(_home.ConfigPath, (UnixFileMode)mode);

        Assert.Equal(isTrusted, _home.Files.Config.IsTrusted);
    }

    [OnUnix]
    [Fact]
    public void IsTrusted_AnothersFile_IsNot()
    {
        Machine.NeedsRoot("it gives a file away");
        _home.Config = string.Empty;
        Unix.ChangeOwner(_home.ConfigPath, 4242, 4242);

        Assert.False(_home.Files.Config.IsTrusted);
    }

    [OnUnix]
    [Fact]
    public void Read_WhileAnotherProgramHoldsTheFileExclusively_Works()
    {
        Machine.NeedsUnix();
        _home.Credentials = "[p]\nk = v\n";
        using var held = new FileStream(_home.CredentialsPath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Assert.Equal("v", Shared.Read().Find("p")!["k"]);
    }

    [Fact]
    public void RequireWritable_NothingThere_LeavesNothing()
    {
        Shared.RequireWritable();

        Assert.False(Directory.Exists(_home.AwsFolder));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(_home.AwsFolder)!));
    }

    [Fact]
    public void MakeFolders_FileInTheFoldersPlace_IsAnErrorOfTheCatalogue()
    {
        File.WriteAllText(_home.AwsFolder, string.Empty);

        var error = Assert.Throws<MfaException>(() => Shared.MakeFolders()).Error;

        Assert.Equal(MfaErrorId.StoreAccessDenied, error.Id);
        Assert.Contains(_home.CredentialsPath, error.Message, StringComparison.Ordinal);
        Assert.Equal(MfaErrorId.StoreAccessDenied, Assert.Throws<MfaException>(() => Set("p", "k", "v")).Error.Id);
    }

    [OnUnix]
    [Fact]
    public void ReadAndUpdate_RootFolder_AreErrorsOfTheCatalogue()
    {
        Machine.NeedsUnix();
        var root = new SharedFile("/");

        Assert.Equal(MfaErrorId.StoreUnreadable, Assert.Throws<MfaException>(() => root.Read()).Error.Id);
        Assert.Equal(MfaErrorId.StoreAccessDenied, Assert.Throws<MfaException>(() => root.MakeFolders()).Error.Id);
    }

    [OnUnix]
    [Fact]
    public void Update_LockFolderIsALink_IsRefused()
    {
        Machine.NeedsUnix();
        _home.Credentials = "[p]\nk = v\n";
        Directory.CreateDirectory(_home.At("elsewhere"));
        Directory.CreateSymbolicLink(Path.Combine(_home.AwsFolder, ".mfasts"), _home.At("elsewhere"));

        Assert.Equal(MfaErrorId.StoreUnsafe, Assert.Throws<MfaException>(() => Set("p", "k", "w")).Error.Id);
    }

    private bool Set(string section, string key, string value) =>
        Shared.Update(document => document.Set(section, [new(key, value)]), CancellationToken.None);

    private FileStatus Status() => LibC.GetStatus(_home.CredentialsPath, followLink: true)!;

    private IEnumerable<string> Journals() => Directory.EnumerateFiles(Path.Combine(_home.AwsFolder, ".mfasts"), "*journal*");

    private string WriteJournal(byte[] before, byte[] after, bool isWhole)
    {
        string journal = Shared.MakeFolders().File("journal");
        byte[] bytes = [.. BitConverter.GetBytes(before.Length), .. before, .. after, .. "mfasts journal, whole\n"u8];
        File.WriteAllBytes(journal, isWhole ? bytes : bytes[..^3]);
        return journal;
    }

    private void MakeLockFolderReadOnly()
    {
        string folder = Path.Combine(_home.AwsFolder, ".mfasts");
        Directory.CreateDirectory(folder);
        Unix.SetMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    // Root gets a device of its own: a mistake must not cost the machine its /dev/null.
    private void MakeNullDevice()
    {
        Directory.CreateDirectory(_home.AwsFolder);
        if (!Machine.IsRoot)
        {
            File.CreateSymbolicLink(_home.CredentialsPath, "/dev/null");
            return;
        }

        bool isMade = Machine.Run("mknod", _home.CredentialsPath, "c", "1", "3") is not null
            && Machine.Run("cat", _home.CredentialsPath) is not null;
        Assert.SkipUnless(isMade, "making a device is not allowed here");
    }

    [Fact]
    public void MakeNew_FileThatHasComeMeanwhile_IsOvertakenAndLeavesIt()
    {
        string temporary = _home.At(".aws", "temporary");
        _home.Credentials = "# mine\n";
        ScratchHome.Write(temporary, "ours\n");

        Assert.Equal(ReplaceResult.Overtaken, FileReplacer.MakeNew(temporary, _home.CredentialsPath));
        Assert.Equal("# mine\n", _home.Credentials);

        File.Delete(_home.CredentialsPath);
        Assert.Equal(ReplaceResult.Done, FileReplacer.MakeNew(temporary, _home.CredentialsPath));
        Assert.Equal("ours\n", _home.Credentials);
    }

    private static int RemoveAgainAndAgain(string folder, CancellationToken cancellationToken)
    {
        int count = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                // What is in it goes even when something new keeps the folder itself.
                count += Directory.EnumerateFiles(folder).Any() ? 1 : 0;
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Not there yet, or something has just been put into it.
            }
        }

        return count;
    }

    private void Fill()
    {
        using var filler = File.OpenHandle(Path.Combine(_home.AwsFolder, "filler"), FileMode.CreateNew, FileAccess.Write);
        Assert.Throws<IOException>(() => RandomAccess.Write(filler, new byte[64 * 1024], 0));
    }
}
