using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Stores;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Credentials;

public sealed class LongTermCredentialImporterTests : IDisposable
{
    private const string OtherId = "AKIAI44QH8DHBEXAMPLE";

    private readonly ScratchHome _home = new();

    private LongTermCredentialImporter Importer => new(_home.Files, KeyStores.FileOnly);

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("p-nomfa", "aws_mfa_serial")]
    [InlineData("p-nomfa", "mfa_serial")]
    [InlineData("p", "mfa_serial")]
    [InlineData("p", "aws_mfa_device")]
    public async Task Import_SameFile_MovesKeysAndDeviceAndNothingElse(string section, string deviceKey)
    {
        _home.Credentials =
            $"# mine\r\n[{section}]\r\nAWS_ACCESS_KEY_ID={ScratchHome.KeyId}\r\nregion = x\r\naws_secret_access_key "
                + $"={ScratchHome.Secret}\r\n"
            + $"{deviceKey} = {ScratchHome.Device}\r\n# tail\r\n";

        Assert.Empty(await ImportAll("p"));

        Assert.Equal($"# mine\r\n[{section}]\r\nregion = x\r\n# tail\r\n\r\n[p-long-term]\r\naws_access_key_id={ScratchHome.KeyId}\r\n"
            + $"aws_secret_access_key={ScratchHome.Secret}\r\naws_mfa_device={ScratchHome.Device}\r\n", _home.Credentials);
    }

    [Fact]
    public async Task Import_KeysInConfig_AreMovedAndTheRestStays()
    {
        _home.Config =
            $"[profile p]\nregion = x\naws_access_key_id = {ScratchHome.KeyId}\naws_secret_access_key = {ScratchHome.Secret}\nmfa_serial = "
                + $"{ScratchHome.Device}\n# tail\n";

        await ImportAll("p");

        Assert.Equal("[profile p]\nregion = x\n# tail\n", _home.Config);
        Assert.Equal(ScratchHome.LongTermSection("p"), _home.Credentials);
    }

    [OnUnix]
    [Fact]
    public async Task Import_FileOfAnOlderTool_IsMovedAndClosed()
    {
        ScratchHome.Write(_home.NoMfaPath, Keys("p", ScratchHome.KeyId) + $"aws_mfa_serial = {ScratchHome.Device}\n[q]\nk = v\n");
        Unix.SetMode(_home.NoMfaPath, (UnixFileMode)0b110_100_100);

        Assert.Equal([MfaErrors.ClosedToOthers(_home.NoMfaPath)], await ImportAll("p"));

        Assert.Equal("[q]\nk = v\n", File.ReadAllText(_home.NoMfaPath));
        Assert.Equal(ScratchHome.LongTermSection("p"), _home.Credentials);
        Assert.Equal((UnixFileMode)0b110_000_000, Unix.Mode(_home.NoMfaPath));
        Assert.Equal((UnixFileMode)0b110_000_000, Unix.Mode(_home.CredentialsPath));
        Assert.Empty(Importer.Find("p", KeyStoreName.File));
    }

    [Fact]
    public async Task Import_SameKeysInSeveralPlaces_LeavesThemInOne()
    {
        _home.Credentials = Keys("p", ScratchHome.KeyId) + "mfa_serial = " + ScratchHome.Device + "\n";
        ScratchHome.Write(_home.StscredsPath, Keys("p", ScratchHome.KeyId) + "temp_credentials_expire = 2020-01-01T00:00:00Z\n");

        await ImportAll("p");

        Assert.Equal(ScratchHome.LongTermSection("p"), _home.Credentials);
        Assert.Equal(["p-long-term"], _home.LongTerm.List().Select(item => item.Section));
        Assert.Equal("[p]\ntemp_credentials_expire = 2020-01-01T00:00:00Z\n", File.ReadAllText(_home.StscredsPath));
    }

    [Fact]
    public void Import_DifferentKeys_MovesNothing()
    {
        string text = Keys("p-long-term", OtherId) + Keys("p", ScratchHome.KeyId);
        _home.Credentials = text;
        var error = Assert.Throws<MfaException>(() => Importer.Find("p", KeyStoreName.File)).Error;

        Assert.Equal(MfaErrorId.LongTermCredentialAmbiguous, error.Id);
        Assert.Contains($"{OtherId} in [p-long-term]", error.Message, StringComparison.Ordinal);
        Assert.Equal(text, _home.Credentials);
    }

    [Fact]
    public async Task Import_OtherKeysComeBeforeTheWrite_MovesNothing()
    {
        _home.Credentials = Keys("p", ScratchHome.KeyId);
        var found = Assert.Single(Importer.Find("p", KeyStoreName.File));
        string text = Keys("p", ScratchHome.KeyId) + Keys("p-long-term", OtherId);
        _home.Credentials = text;

        Assert.Equal(
            MfaErrorId.LongTermCredentialAmbiguous,
            (await Assert.ThrowsAsync<MfaException>(() => Importer.ImportAsync(found, KeyStoreName.File,
                TestContext.Current.CancellationToken))).Error.Id);
        Assert.Equal(text, _home.Credentials);
    }

    [Fact]
    public async Task Import_SessionByMistakeInThePlaceOfKeys_IsReplacedWhole()
    {
        _home.Credentials =
            "[p-long-term]\naws_access_key_id = ASIA1\naws_secret_access_key = s\naws_session_token = t\naws_security_token = "
                + "t\nexpiration = x\n"
            + Keys("p", ScratchHome.KeyId);

        await ImportAll("p");

        Assert.Equal(Keys("p-long-term", ScratchHome.KeyId), _home.Credentials);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Import_KeysThatWereReplacedSinceTheyWereFound_MovesNothing(bool isSameFile)
    {
        string path = isSameFile ? _home.CredentialsPath : _home.StscredsPath;
        ScratchHome.Write(path, Keys("p", ScratchHome.KeyId));
        var found = Assert.Single(Importer.Find("p", KeyStoreName.File));
        ScratchHome.Write(path, Keys("p", OtherId));

        var error =
            (await Assert.ThrowsAsync<MfaException>(() => Importer.ImportAsync(found, KeyStoreName.File,
                TestContext.Current.CancellationToken))).Error;

        Assert.Equal(MfaErrorId.StoreBusy, error.Id);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Equal(Keys("p", OtherId), File.ReadAllText(path));
        Assert.Equal(OtherId, _home.LongTerm.Find("p")!.AccessKeyId);
    }

    [Fact]
    public async Task Import_DeviceInConfig_IsMovedOutOfTheSessionsWay()
    {
        _home.Credentials = Keys("p", ScratchHome.KeyId);
        _home.Config = $"[profile p]\nmfa_serial = {ScratchHome.Device}\nregion = x\n";

        await ImportAll("p");

        Assert.Equal(ScratchHome.LongTermSection("p"), _home.Credentials);
        Assert.Equal("[profile p]\nregion = x\n", _home.Config);
    }

    [Fact]
    public async Task Import_SessionBesideTheProfile_GoesToTheProfile()
    {
        _home.Credentials = Keys("p", ScratchHome.KeyId)
            + "[p-sts]\naws_access_key_id = ASIA1\naws_secret_access_key = s\naws_session_token = t\n"
            + "expiration = 2026-03-04T22:00:00Z\nmanager = mfasts\nregion = x\n";

        await ImportAll("p");

        Assert.DoesNotContain("[p-sts]", _home.Credentials, StringComparison.Ordinal);
        Assert.Contains("[p]\naws_access_key_id = ASIA1\n", _home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_NewerSessionInTheProfile_KeepsIt()
    {
        const string session = "aws_secret_access_key = s\naws_session_token = t\nmanager = mfasts\n";
        string newer = "[p]\naws_access_key_id = ASIA2\nexpiration = 2026-03-04T23:00:00Z\n" + session;
        _home.Credentials = Keys("p-nomfa", ScratchHome.KeyId) + newer
            + "[p-sts]\naws_access_key_id = ASIA1\nexpiration = 2026-03-04T22:00:00Z\n" + session;

        await ImportAll("p");

        Assert.Contains(newer, _home.Credentials, StringComparison.Ordinal);
        Assert.DoesNotContain("[p-sts]", _home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_NothingAnywhere_IsNotFound() =>
        Assert.Equal(
            MfaErrorId.LongTermCredentialNotFound, Assert.Throws<MfaException>(() => Importer.Find("p", KeyStoreName.File)).Error.Id);

    private static string Keys(string section, string id) =>
        $"[{section}]\naws_access_key_id = {id}\naws_secret_access_key = {ScratchHome.Secret}\n";

    private async Task<string[]> ImportAll(string profile)
    {
        var warnings = new List<string>();
        foreach (var found in Importer.Find(profile, KeyStoreName.File))
        {
            warnings.AddRange(await Importer.ImportAsync(found, KeyStoreName.File, TestContext.Current.CancellationToken));
        }

        return [.. warnings];
    }
}
