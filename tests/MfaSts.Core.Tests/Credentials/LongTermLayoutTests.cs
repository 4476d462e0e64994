using MfaSts.Errors;
using MfaSts.Findings;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Credentials;

/// <summary>The places in which older tools keep long-term keys.</summary>
public sealed class LongTermLayoutTests : IDisposable
{
    private const string OtherId = "AKIAI44QH8DHBEXAMPLE";

    private static readonly string AwsMfaSession =
        "assumed_role = False\naws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\naws_session_token = "
            + "t\naws_security_token = t\n"
        + "expiration = 2026-03-04 22:00:00\n";

    private readonly ScratchHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Find_FileOfOldAwsRecipes_GivesKeysDeviceAndFile()
    {
        ScratchHome.Write(_home.NoMfaPath, Keys("p", OtherId) + $"aws_mfa_serial = {ScratchHome.Device}\n");
        var found = _home.LongTerm.Find("p")!;

        Assert.Equal(
            (OtherId, ScratchHome.Device, "p", _home.NoMfaPath), (found.AccessKeyId, found.SerialNumber, found.Section, found.Path));
    }

    [Fact]
    public void Find_FileOfStscreds_GivesKeysAndFile()
    {
        ScratchHome.Write(_home.StscredsPath, Keys("p", OtherId) + "temp_credentials_expire = 2026-03-04T22:00:00Z\n");
        var found = _home.LongTerm.Find("p")!;

        Assert.Equal((OtherId, "p", _home.StscredsPath), (found.AccessKeyId, found.Section, found.Path));
    }

    [Fact]
    public void Find_SeveralFiles_AsksInTheOrderOfTheDesign()
    {
        ScratchHome.Write(_home.StscredsPath, Keys("p", OtherId));
        Assert.Equal(_home.StscredsPath, _home.LongTerm.Find("p")!.Path);
        ScratchHome.Write(_home.NoMfaPath, Keys("p", OtherId));
        Assert.Equal(_home.NoMfaPath, _home.LongTerm.Find("p")!.Path);
        _home.Credentials = Keys("p", OtherId);
        Assert.Equal(_home.CredentialsPath, _home.LongTerm.Find("p")!.Path);
    }

    [Theory]
    [InlineData("[p]\n")]
    [InlineData("[p-short]\n")]
    public void Find_AwsMfaWithAnotherSuffix_IsFoundByItsSession(string sessionHeader)
    {
        _home.Credentials = Keys("p-work", OtherId) + $"aws_mfa_device = {ScratchHome.Device}\n" + sessionHeader + AwsMfaSession;
        var found = _home.LongTerm.Find("p")!;

        Assert.Equal((OtherId, "p-work", ScratchHome.Device), (found.AccessKeyId, found.Section, found.SerialNumber));
        Assert.Equal(["p"], _home.LongTerm.List().Select(item => item.Profile));
    }

    [Theory]
    [InlineData("aws_session_token = t\n", "aws_mfa_device = arn:aws:iam::1:mfa/x\n", "p-work")] // no mark of aws-mfa in the session
    [InlineData("assumed_role = False\naws_session_token = t\n", "", "p-work")] // no device beside the keys
    [InlineData("assumed_role = False\naws_session_token = t\n", "aws_mfa_device = "
        + "arn:aws:iam::1:mfa/x\n", "p-eu-work")] // as well one of p-eu
    [InlineData("assumed_role = False\naws_session_token = t\n", "aws_mfa_device = arn:aws:iam::1:mfa/x\n", "pwork")]
    public void Find_AnotherProfileWithALikeName_IsNotTaken(string sessionMarks, string device, string section)
    {
        _home.Credentials = Keys(section, OtherId) + device
            + "[p]\naws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\n" + sessionMarks;

        Assert.Null(_home.LongTerm.Find("p"));
        Assert.Equal([section], _home.LongTerm.List().Select(item => item.Profile));
    }

    [Fact]
    public void FindAll_ProfileWithKeysOfItsOwnBesideOneWithALikeName_LeavesTheOthersKeysAlone()
    {
        _home.Credentials = ScratchHome.LongTermSection("p") + "[p]\n" + AwsMfaSession + Keys("p-eu", OtherId)
            + $"aws_mfa_device = {ScratchHome.Device}\n";

        Assert.Equal(["p-long-term"], _home.LongTerm.FindAll("p").Select(found => found.Section));
        Assert.Equal([("p", ScratchHome.KeyId), ("p-eu", OtherId)], _home.LongTerm.List().Select(item => (item.Profile, item.AccessKeyId)));
    }

    [Fact]
    public void Find_TwoSuffixes_IsAmbiguousAndNamesBoth()
    {
        string device = $"aws_mfa_device = {ScratchHome.Device}\n";
        _home.Credentials = Keys("p-work", OtherId) + device + Keys("p-home", ScratchHome.KeyId) + device + "[p]\n" + AwsMfaSession;
        var error = Assert.Throws<MfaException>(() => _home.LongTerm.Find("p")).Error;

        Assert.Equal(MfaErrorId.LongTermCredentialAmbiguous, error.Id);
        Assert.Contains($"{OtherId} in [p-work]", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{ScratchHome.KeyId} in [p-home]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_BrokenFileOfAnOlderTool_MattersOnlyWhenTheKeysAreNowhereElse()
    {
        ScratchHome.Write(_home.StscredsPath, "garbage\n");
        _home.Credentials = Keys("p", OtherId);

        Assert.Equal(OtherId, _home.LongTerm.Find("p")!.AccessKeyId);
        Assert.Equal(["p"], _home.LongTerm.List().Select(item => item.Profile));
        var findings = new ProfileDoctor(_home.Files, _home.Environment, TimeProvider.System).ExamineFiles();
        Assert.Equal((MfaFindingId.FileUnreadable, _home.StscredsPath), findings.Select(found => (found.Id, found.Path)).Single());
        Assert.Equal(MfaErrorId.StoreUnreadable, Assert.Throws<MfaException>(() => _home.LongTerm.Find("q")).Error.Id);
    }

    [Fact]
    public void List_FilesOfOlderTools_ComeBehindTheCredentialsFile()
    {
        _home.Credentials = Keys("c", OtherId);
        ScratchHome.Write(_home.NoMfaPath, Keys("b", OtherId) + Keys("c", ScratchHome.KeyId));
        ScratchHome.Write(_home.StscredsPath, Keys("a", OtherId));

        Assert.Equal(
            [("c", _home.CredentialsPath, true), ("c", _home.NoMfaPath, false), ("b", _home.NoMfaPath, true),
                ("a", _home.StscredsPath, true)],
            _home.LongTerm.List().Select(item => (item.Profile, item.Path, item.IsInUse)));
    }

    [Fact]
    public void Remove_KeysInAnOlderToolsFile_LeavesTheRest()
    {
        ScratchHome.Write(_home.NoMfaPath, "# mine\n" + Keys("p", OtherId) + "aws_mfa_serial = x\n\n" + Keys("q", OtherId));

        Assert.True(_home.LongTerm.Remove(_home.LongTerm.Find("p")!, TestContext.Current.CancellationToken));

        Assert.Equal("# mine\n\n" + Keys("q", OtherId), File.ReadAllText(_home.NoMfaPath));
        Assert.False(File.Exists(_home.CredentialsPath));
    }

    private static string Keys(string section, string id) =>
        $"[{section}]\naws_access_key_id = {id}\naws_secret_access_key = {ScratchHome.Secret}\n";
}
