using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Credentials;

public sealed class LongTermCredentialStoreTests : IDisposable
{
    private const string OtherId = "AKIAI44QH8DHBEXAMPLE";
    private const string OtherSecret = "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY";

    private readonly ScratchHome _home = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("p-long-term", "aws_mfa_device")]
    [InlineData("p-nomfa", "aws_mfa_serial")]
    [InlineData("p-nomfa", "mfa_serial")]
    [InlineData("p", "mfa_serial")]
    [InlineData("p", "aws_mfa_device")]
    public void Find_EachLayout_GivesKeysAndDevice(string section, string deviceKey)
    {
        _home.Credentials = Section(section, OtherId, OtherSecret) + $"{deviceKey} = {ScratchHome.Device}\n";
        var found = _home.LongTerm.Find("p")!;

        Assert.Equal((OtherId, OtherSecret, ScratchHome.Device), (found.AccessKeyId, found.SecretAccessKey, found.SerialNumber));
        Assert.Equal(("p", section, _home.CredentialsPath), (found.Profile, found.Section, found.Path));
    }

    [Theory]
    [InlineData(OtherId, OtherSecret, true)]
    [InlineData(OtherId, ScratchHome.Secret, false)]
    [InlineData(ScratchHome.KeyId, OtherSecret, false)]
    public void Holds_Keys_OnlyWhenBothHalvesAreTheStoredOnes(string id, string secret, bool expected)
    {
        var change = new LongTermCredentialChange { Profile = "p", AccessKeyId = id, SecretAccessKey = secret };
        Assert.False(_home.LongTerm.Holds(change));
        _home.Credentials = Section("p-long-term", OtherId, OtherSecret);

        Assert.Equal(expected, _home.LongTerm.Holds(change));
    }

    // A device in the file's place is read as an empty file and cannot be replaced, whoever tries: as a link into a read-only store cannot.
    [OnUnix]
    [Theory]
    [InlineData("eu-central-1", null)]
    [InlineData(null, 3600)]
    public void Store_ConfigCannotBeWritten_ChangesNeitherFile(string? region, int? duration)
    {
        Machine.NeedsUnix();
        Directory.CreateDirectory(_home.AwsFolder);
        File.CreateSymbolicLink(_home.ConfigPath, "/dev/null");

        var error = Assert.Throws<MfaException>(() => _home.LongTerm.Store(
            new()
            {
                Profile = "new",
                AccessKeyId = ScratchHome.KeyId,
                SecretAccessKey = ScratchHome.Secret,
                Region = region,
                Duration = duration is null ? null : TimeSpan.FromSeconds(duration.Value),
            },
            CancellationToken.None)).Error;

        Assert.Equal(MfaErrorId.StoreAccessDenied, error.Id);
        Assert.Contains(_home.ConfigPath, error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_home.CredentialsPath));
    }

    [Fact]
    public void Find_SeveralLayouts_TakesTheFirst()
    {
        string[] sections = ["p", "p-nomfa", "p-long-term"];
        for (int i = 1; i <= sections.Length; i++)
        {
            _home.Credentials = string.Concat(sections.Take(i).Select(section => Section(section, OtherId, OtherSecret)));
            Assert.Equal(sections[i - 1], _home.LongTerm.Find("p")!.Section);
        }
    }

    [Theory]
    [InlineData("aws_session_token = t\n")]
    [InlineData("aws_security_token = t\n")]
    [InlineData("expiration = 2020-01-01 00:00:00\n")]
    public void Find_OwnSectionWithASession_IsNoLongTermKey(string line)
    {
        _home.Credentials = Section("p", OtherId, OtherSecret) + line;

        Assert.Null(_home.LongTerm.Find("p"));
    }

    [Theory]
    [InlineData("p-long-term")]
    [InlineData("p-nomfa")]
    public void Find_TemporaryKeyInALongTermSection_IsRefused(string section)
    {
        _home.Credentials = Section(section, "ASIAIOSFODNN7EXAMPLE", OtherSecret);

        Assert.Equal(MfaErrorId.AccessKeyMalformed, Assert.Throws<MfaException>(() => _home.LongTerm.Find("p")).Error.Id);
    }

    [Fact]
    public void Find_TemporaryKeyInTheOwnSection_IsNone()
    {
        _home.Credentials = Section("p", "ASIAIOSFODNN7EXAMPLE", OtherSecret);

        Assert.Null(_home.LongTerm.Find("p"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[p-long-term]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\n")]
    [InlineData("[p-long-term]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key =\n")]
    [InlineData("[P-long-term]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = x\n")]
    public void Find_NoWholePair_IsNull(string text)
    {
        _home.Credentials = text;

        Assert.Null(_home.LongTerm.Find("p"));
    }

    [Fact]
    public void List_SeveralProfiles_GivesEachLayoutsInTheFilesOrderWithoutTheSecret()
    {
        _home.Credentials = Section("b", OtherId, OtherSecret) + ScratchHome.LongTermSection("a") + Section("a", OtherId, OtherSecret)
            + Section("c", "ASIAIOSFODNN7EXAMPLE", OtherSecret) + "aws_session_token = t\n" + Section("d-nomfa", OtherId, OtherSecret)
            + "[e]\nregion = x\n";
        _home.Config = "[profile b]\nregion = eu-west-1\nmfa_serial = arn:aws:iam::210987654321:mfa/b\n";
        var list = _home.LongTerm.List();

        Assert.Equal(
            [("b", "b", true), ("a", "a-long-term", true), ("a", "a", false), ("d", "d-nomfa", true)],
            list.Select(item => (item.Profile, item.Section, item.IsInUse)));
        Assert.Equal(
            ("eu-west-1", "arn:aws:iam::210987654321:mfa/b", "210987654321"), (list[0].Region, list[0].SerialNumber, list[0].AccountId));
        Assert.Equal(
            (ScratchHome.KeyId, ScratchHome.Device, _home.CredentialsPath), (list[1].AccessKeyId, list[1].SerialNumber, list[1].Path));
    }

    [Fact]
    public void List_OneProfileWithATemporaryKey_StillGivesTheOthers()
    {
        _home.Credentials = Section("bad-long-term", "ASIAIOSFODNN7EXAMPLE", OtherSecret) + ScratchHome.LongTermSection("good");

        Assert.Equal(["good"], _home.LongTerm.List().Select(item => item.Profile));
    }

    [Fact]
    public void Store_NewProfile_WritesTheFirstLayoutAndItsSettings()
    {
        Store(new()
        {
            Profile = "p",
            AccessKeyId = OtherId,
            SecretAccessKey = OtherSecret,
            SerialNumber = ScratchHome.Device,
            Region = "eu-west-1",
            Duration = TimeSpan.FromHours(8),
        });

        Assert.Equal(
            $"[p-long-term]\naws_access_key_id = {OtherId}\naws_secret_access_key = {OtherSecret}\naws_mfa_device = {ScratchHome.Device}\n",
            _home.Credentials);
        Assert.Equal("[profile p]\nregion = eu-west-1\nduration_seconds = 28800\n", _home.Config);
    }

    [Fact]
    public void Store_ConfigIsALinkToAReadOnlyFile_ChangesNothingAndLeavesNothingThere()
    {
        string readOnly = _home.At("store");
        Directory.CreateDirectory(readOnly);
        File.WriteAllText(Path.Combine(readOnly, "config"), "[profile other]\nregion = eu-west-3\n");
        using var mount = Mount.Bind(readOnly, readOnly);
        Assert.SkipWhen(Machine.Run("mount", "-o", "remount,bind,ro", readOnly) is null, "mounting is not allowed here");
        _home.Credentials = ScratchHome.LongTermSection("other");
        File.CreateSymbolicLink(_home.ConfigPath, Path.Combine(readOnly, "config"));

        var error = Assert.Throws<MfaException>(() => Store(new()
        {
            Profile = "p",
            AccessKeyId = OtherId,
            SecretAccessKey = OtherSecret,
            Region = "eu-west-1",
        })).Error;

        Assert.Equal(MfaErrorId.StoreAccessDenied, error.Id);
        Assert.Contains(_home.ConfigPath, error.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", error.Remedy, StringComparison.Ordinal);
        Assert.Equal(ScratchHome.LongTermSection("other"), _home.Credentials);
        Assert.Equal(["config"], Directory.GetFileSystemEntries(readOnly).Select(Path.GetFileName));
    }

    [Fact]
    public void Store_ConfigThatCannotBeEdited_ChangesNothing()
    {
        _home.Config = "region = eu-west-1\n[profile p]\n";
        _home.Credentials = ScratchHome.LongTermSection("other");

        Assert.Throws<MfaException>(() => Store(new()
        {
            Profile = "p",
            AccessKeyId = OtherId,
            SecretAccessKey = OtherSecret,
            Region = "eu-west-1",
        }));

        Assert.Equal(ScratchHome.LongTermSection("other"), _home.Credentials);
    }

    [Fact]
    public void Store_DefaultProfile_GoesToTheBareSectionOfConfig()
    {
        Store(new() { Profile = "default", Region = "eu-west-1" });
        Assert.Equal("[default]\nregion = eu-west-1\n", _home.Config);
        _home.Config = "[profile default]\nregion = x\n";
        Store(new() { Profile = "default", Region = "eu-west-1" });
        Assert.Equal("[profile default]\nregion = eu-west-1\n", _home.Config);
    }

    [Fact]
    public void Store_OnlyTheDevice_LeavesTheKeys()
    {
        _home.Credentials = "# mine\n" + Section("p-long-term", OtherId, OtherSecret) + "\n[q]\nk = v\n";

        Store(new() { Profile = "p", SerialNumber = ScratchHome.Device });

        Assert.Equal(
            "# mine\n" + Section("p-long-term", OtherId, OtherSecret) + $"aws_mfa_device = {ScratchHome.Device}\n\n[q]\nk = v\n",
            _home.Credentials);
        Assert.False(File.Exists(_home.ConfigPath));
    }

    [Fact]
    public void Store_NewKeys_ReplaceTheOldOnesInPlace()
    {
        _home.Credentials = "[p-long-term]\nAWS_ACCESS_KEY_ID=old\naws_secret_access_key=old\nkeep=1\n";

        Store(new() { Profile = "p", AccessKeyId = OtherId, SecretAccessKey = OtherSecret });

        Assert.Equal($"[p-long-term]\nAWS_ACCESS_KEY_ID={OtherId}\naws_secret_access_key={OtherSecret}\nkeep=1\n", _home.Credentials);
    }

    [Fact]
    public void Store_DeviceWithMfaSerialInConfig_MovesItOut()
    {
        _home.Config = "[profile p]\nmfa_serial = old\nregion = x\n";
        _home.Credentials = "[p]\nmfa_serial = old\nk = v\n";

        Store(new() { Profile = "p", SerialNumber = ScratchHome.Device });

        Assert.Equal("[profile p]\nregion = x\n", _home.Config);
        Assert.Equal($"[p]\nk = v\n\n[p-long-term]\naws_mfa_device = {ScratchHome.Device}\n", _home.Credentials);
    }

    [Fact]
    public void Store_DeviceOfAProfileWithARole_LeavesItsMfaSerial()
    {
        const string config = "[profile p]\nrole_arn = arn:aws:iam::1:role/x\nmfa_serial = old\n";
        _home.Config = config;

        Store(new() { Profile = "p", SerialNumber = ScratchHome.Device });

        Assert.Equal(config, _home.Config);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("DEFAULT")]
    [InlineData("q-sts")]
    public void Store_NewNameThatNotEverySdkReads_IsRefusedAndNothingIsWritten(string profile)
    {
        Assert.Equal(MfaErrorId.ProfileNameInvalid, Assert.Throws<MfaException>(() => Store(new()
        {
            Profile = profile,
            SerialNumber = ScratchHome.Device,
        })).Error.Id);
        Assert.Equal(MfaErrorId.ProfileNameInvalid, Assert.Throws<MfaException>(() => Store(new()
        {
            Profile = profile,
            Region = "eu-west-1",
        })).Error.Id);
        Assert.False(Directory.Exists(_home.AwsFolder));
    }

    [Fact]
    public void Store_OddNameThatIsThere_IsTaken()
    {
        _home.Credentials = "[a b]\nk = v\n";

        Store(new() { Profile = "a b", SerialNumber = ScratchHome.Device });

        Assert.EndsWith($"[a b-long-term]\naws_mfa_device = {ScratchHome.Device}\n", _home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public void Store_OneThingWrong_WritesNothing()
    {
        LongTermCredentialChange[] changes =
        [
            new() { Profile = "p", AccessKeyId = OtherId, SecretAccessKey = OtherSecret, SerialNumber = "x" },
            new() { Profile = "p", AccessKeyId = OtherId },
            new() { Profile = "p", AccessKeyId = OtherId, SecretAccessKey = OtherSecret, Region = "No Region" },
            new() { Profile = "p", AccessKeyId = OtherId, SecretAccessKey = OtherSecret, Duration = TimeSpan.FromHours(37) },
            new() { Profile = "p]", AccessKeyId = OtherId, SecretAccessKey = OtherSecret },
        ];

        Assert.All(changes, change => Assert.Throws<MfaException>(() => Store(change)));
        Assert.False(Directory.Exists(_home.AwsFolder));
    }

    [Fact]
    public async Task Store_ForeignWriterPutsItsOldCopyBack_StoresAgain()
    {
        _home.Credentials = "[foreign]\nk = v\n";
        var store = new LongTermCredentialStore(_home.Files) { ForeignWriterPause = TimeSpan.FromSeconds(2) };
        var storing = Task.Factory.StartNew(
            () => store.Store(new()
            {
                Profile = "p",
                AccessKeyId = OtherId,
                SecretAccessKey = OtherSecret,
            }, Stop), Stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        while (!_home.Credentials.Contains(OtherId, StringComparison.Ordinal) && !storing.IsCompleted)
        {
            await Task.Yield();
        }

        await File.WriteAllTextAsync(_home.CredentialsPath, "[foreign]\nk = v\n[more]\n", Stop);
        await storing;

        Assert.NotNull(_home.LongTerm.Find("p"));
        Assert.Contains("[more]", _home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public void Remove_EveryLayout_TakesKeysAndDevicesAndNothingElse()
    {
        _home.Credentials = ScratchHome.LongTermSection("p") + "\n" + Section("p-nomfa", OtherId, OtherSecret) + "aws_mfa_serial = x\n\n"
            + Section("p", OtherId, OtherSecret) + "region = x\n\n" + ScratchHome.LongTermSection("q");

        Assert.All(_home.LongTerm.FindAll("p"), found => Assert.True(_home.LongTerm.Remove(found, Stop)));

        Assert.Equal("[p]\nregion = x\n\n" + ScratchHome.LongTermSection("q"), _home.Credentials);
        Assert.Empty(_home.LongTerm.FindAll("p"));
    }

    [Fact]
    public void Remove_OneOfSeveral_LeavesTheOthersAndWhatWasPutInItsPlace()
    {
        _home.Credentials = ScratchHome.LongTermSection("p") + Section("p", OtherId, OtherSecret);
        var found = _home.LongTerm.FindAll("p");
        Assert.Equal(["p-long-term", "p"], found.Select(one => one.Section));

        Assert.True(_home.LongTerm.Remove(found[0], Stop));
        Assert.Equal(Section("p", OtherId, OtherSecret), _home.Credentials);

        _home.Credentials = Section("p", "AKIAANOTHERONE000000", OtherSecret);
        Assert.False(_home.LongTerm.Remove(found[1], Stop));
    }

    [Fact]
    public void Store_ForeignWriterPutsItsOldCopyBackAtOnce_IsStoredAgain()
    {
        const string old = "[other]\nk = v\n";
        _home.Credentials = old;

        _home.LongTerm.UpdateLastingly(
            document => document.Set("p-long-term", [new("aws_access_key_id", ScratchHome.KeyId)]), CancellationToken.None,
                () => _home.Credentials = old);

        Assert.Equal(ScratchHome.KeyId, _home.Files.Credentials.Read().Find("p-long-term")?["aws_access_key_id"]);
        Assert.StartsWith(old, _home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public void Store_OverASession_LeavesNothingOfIt()
    {
        _home.Credentials =
            "[p-long-term]\naws_access_key_id = ASIAX\naws_secret_access_key = s\naws_session_token = t\nexpiration = "
                + "2030-01-01T00:00:00Z\n";

        Store(new() { Profile = "p", AccessKeyId = OtherId, SecretAccessKey = OtherSecret });

        Assert.Equal(Section("p-long-term", OtherId, OtherSecret), _home.Credentials);
    }

    [Fact]
    public void Store_NameThatConfigCannotHold_IsRefusedBeforeAnythingIsWritten()
    {
        _home.Credentials = Section("a b-long-term", OtherId, OtherSecret);
        string before = _home.Credentials;

        Assert.Equal(MfaErrorId.ProfileNameInvalid, Assert.Throws<MfaException>(() => Store(new()
        {
            Profile = "a b",
            Region = "eu-west-1",
        })).Error.Id);
        Assert.Equal((before, false), (_home.Credentials, File.Exists(_home.ConfigPath)));
        Store(new() { Profile = "a b", SerialNumber = ScratchHome.Device });
        Assert.Equal(ScratchHome.Device, _home.LongTerm.Find("a b")!.SerialNumber);
    }

    [Fact]
    public void List_ManyProfiles_ReadsTheFilesOnce()
    {
        _home.Credentials = string.Concat(Enumerable.Range(0, 4000).Select(i => ScratchHome.LongTermSection($"p{i}")));
        _home.Config = string.Concat(Enumerable.Range(0, 4000).Select(i => $"[profile p{i}]\nregion = eu-west-{i}\n"));
        var clock = System.Diagnostics.Stopwatch.StartNew();

        Assert.Equal("eu-west-3999", _home.LongTerm.List()[^1].Region);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), "Reading both files for each profile takes minutes.");
    }

    [Theory]
    [InlineData("[p]\naws_access_key_id = ASIAX\naws_secret_access_key = s\naws_session_token = t\n")]
    [InlineData("[p]\nrole_arn = x\nmfa_serial = y\n")]
    [InlineData("[p]\n")]
    public void Remove_NoLongTermKeys_LeavesTheFile(string text)
    {
        _home.Credentials = text;

        Assert.Empty(_home.LongTerm.FindAll("p"));
        var gone =
            new LongTermCredential
            {
                Profile = "p",
                AccessKeyId = "AKIAGONE",
                SecretAccessKey = "s",
                Section = "p",
                Path = _home.CredentialsPath,
            };
        Assert.False(_home.LongTerm.Remove(gone, Stop));
        Assert.Equal(text, _home.Credentials);
    }

    private void Store(LongTermCredentialChange change) => _home.LongTerm.Store(change, CancellationToken.None);

    private static string Section(string name, string id, string secret) =>
        $"[{name}]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n";
}
