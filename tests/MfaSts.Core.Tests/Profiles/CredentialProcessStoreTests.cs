using MfaSts.Errors;
using MfaSts.Platform;
using MfaSts.Profiles;
using MfaSts.Sessions;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Profiles;

public sealed class CredentialProcessStoreTests : IDisposable
{
    private const string Program = "/home/alice/.local/share/mfasts/mfasts";
    private const string LongTerm =
        "[p-long-term]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";

    private const string Session =
        "# mine\n[p]\naws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\naws_session_token = t\n"
        + "expiration = 2030-01-01T00:00:00Z\nmanager = mfasts\n";

    private readonly ScratchHome _home = new();

    private CredentialProcessStore Store => new(_home.Files);

    private SessionStore Sessions => new(_home.Files, TimeProvider.System);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Register_Profile_WritesTheLineAndLosesNothing()
    {
        _home.Credentials = LongTerm;
        _home.Config = "# mine\r\n[profile p]\r\nregion=eu-central-1\r\n";

        Store.Register("p", Program, clearSection: false, Stop);

        Assert.Equal(
            $"# mine\r\n[profile p]\r\nregion=eu-central-1\r\ncredential_process={Program} credential-process p\r\n", _home.Config);
        Assert.Equal(LongTerm, _home.Credentials);
    }

    [Fact]
    public void Register_ProfileOnlyInCredentials_MakesItsSection()
    {
        _home.Credentials = LongTerm;

        Store.Register("p", Program, clearSection: false, Stop);

        Assert.Equal($"[profile p]\ncredential_process = {Program} credential-process p\n", _home.Config);
    }

    [Fact]
    public void Register_OwnSession_GoesToItsOwnSectionInWholeLines()
    {
        _home.Credentials = LongTerm + "\n" + Session;
        _home.Config = "[profile p]\nregion = eu-central-1\n";

        Store.Register("p", Program, clearSection: false, Stop);

        Assert.DoesNotContain("[p]\n", _home.Credentials, StringComparison.Ordinal);
        Assert.Contains("# mine\n", _home.Credentials, StringComparison.Ordinal);
        Assert.Contains(
            "[p-sts]\naws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\naws_session_token = t\n"
                + "expiration = 2030-01-01T00:00:00Z\nmanager = mfasts\nregion = eu-central-1\n",
            _home.Credentials,
            StringComparison.Ordinal);
        Assert.Equal("p", Assert.Single(Sessions.List(null)).Profile);
    }

    [Theory]
    [InlineData("2029-12-31T00:00:00Z", "ASIAIOSFODNN7EXAMPLE")]
    [InlineData("2030-01-02T00:00:00Z", "ASIABESIDE0000000000")]
    public void Register_SessionInBothPlaces_KeepsTheNewerAndLeavesNoneBesideTheLine(string beside, string kept)
    {
        _home.Credentials = LongTerm + Session
            + "[p-sts]\naws_access_key_id = ASIABESIDE0000000000\naws_secret_access_key = s\naws_session_token = t\n"
            + $"expiration = {beside}\nmanager = mfasts\nassumed_role_arn = stale\n";

        Store.Register("p", Program, clearSection: false, Stop);

        Assert.DoesNotContain("[p]\n", _home.Credentials, StringComparison.Ordinal);
        Assert.Contains($"[p-sts]\naws_access_key_id = {kept}\n", _home.Credentials, StringComparison.Ordinal);
        Assert.Equal(kept[4] == 'B', _home.Credentials.Contains("stale", StringComparison.Ordinal));
    }

    [Fact]
    public void Register_ConfigIsLockedAndTheWaitIsGivenUp_ChangesNothing()
    {
        _home.Credentials = LongTerm + Session;
        _home.Config = "[profile p]\nregion = eu-central-1\n";
        using var held = _home.Files.Config.TakeLock("lock", profile: null, TimeSpan.FromSeconds(1), out _, Stop);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        Assert.ThrowsAny<OperationCanceledException>(() => Store.Register("p", Program, clearSection: false, stop.Token));

        Assert.Equal(LongTerm + Session, _home.Credentials);
    }

    [Fact]
    public void Register_MfaSerial_BecomesTheStoredDevice()
    {
        _home.Credentials = LongTerm;
        _home.Config = $"[profile p]\nmfa_serial = {ScratchHome.Device}\n";

        Store.Register("p", Program, clearSection: false, Stop);

        Assert.DoesNotContain("mfa_serial", _home.Config, StringComparison.Ordinal);
        Assert.EndsWith($"aws_mfa_device = {ScratchHome.Device}\n", _home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public void Register_LongTermKeysInTheProfile_AreRefusedOrMoved()
    {
        const string own =
            "[p]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\nx = y\n";
        _home.Credentials = own;

        var refused = Assert.Throws<MfaException>(() => Store.Register("p", Program, clearSection: false, Stop));
        Assert.Equal((MfaErrorId.ProfileUnsuitable, own, false), (refused.Error.Id, _home.Credentials, File.Exists(_home.ConfigPath)));

        Store.Register("p", Program, clearSection: true, Stop);
        Assert.StartsWith("[p]\nx = y\n", _home.Credentials, StringComparison.Ordinal);
        Assert.Equal("p-long-term", _home.LongTerm.Find("p")!.Section);
        Assert.False(Store.NeedsMove("p"));
    }

    [Fact]
    public void Register_OtherKeysInBothPlaces_AreNotOverwritten()
    {
        string both = LongTerm
            + "[p]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY\n";
        _home.Credentials = both;

        var refused = Assert.Throws<MfaException>(() => Store.Register("p", Program, clearSection: true, Stop));

        Assert.Equal((MfaErrorId.LongTermCredentialAmbiguous, both), (refused.Error.Id, _home.Credentials));
    }

    [Theory]
    [InlineData("role_arn = arn:aws:iam::123456789012:role/r\nsource_profile = q\n")]
    [InlineData("credential_process = other-tool p\n")]
    public void Register_ProfileOfAnotherKind_IsRefused(string settings)
    {
        _home.Credentials = LongTerm;
        _home.Config = "[profile p]\n" + settings;

        Assert.Equal(
            MfaErrorId.ProfileUnsuitable,
            Assert.Throws<MfaException>(() => Store.Register("p", Program, clearSection: true, Stop)).Error.Id);
        Assert.Equal("[profile p]\n" + settings, _home.Config);
    }

    [Theory]
    [InlineData("p", "/home/a$b/mfasts")]
    [InlineData("p", "/home/a\\b/mfasts")]
    [InlineData("p", "/home/a\"b/mfasts")]
    [InlineData("p", "/home/a`b/mfasts")]
    [InlineData("p", "/home/a\u200bb/mfasts")]
    [InlineData("p", "/home/a\tb/mfasts")]
    [InlineData("p", "/home/a #b/mfasts")]
    [InlineData("p$x", Program)]
    [InlineData("-p", Program)]
    public void Register_WhatAShellWouldRead_IsRefused(string profile, string program)
    {
        _home.Credentials = LongTerm.Replace("[p-", $"[{profile}-", StringComparison.Ordinal);

        Assert.Equal(
            MfaErrorId.ProfileUnsuitable,
            Assert.Throws<MfaException>(() => Store.Register(profile, program, clearSection: false, Stop)).Error.Id);
        Assert.False(File.Exists(_home.ConfigPath));
    }

    [OnUnix]
    [Theory]
    [InlineData("/home/Jos\u00e9/bin/mfasts")]
    [InlineData("/home/Jose\u0301/bin/mfasts")]
    [InlineData("/home/o'brien/bin/mfasts")]
    [InlineData("/home/R & D (EMEA), [x]/mfasts")]
    [InlineData("/home/\u0130brahim \u5f20\u4f1f/mfasts")]
    [InlineData("/home/100%/a!b/c^d;e/mfasts")]
    public void Register_FolderOfAnyScript_StandsInQuotes(string program)
    {
        Machine.NeedsUnix();
        _home.Credentials = LongTerm;

        Store.Register("p", program, clearSection: false, Stop);

        Assert.Contains($"credential_process = \"{program}\" credential-process p\n", _home.Config, StringComparison.Ordinal);
        Assert.True(Store.Unregister("p", Stop));
    }

    [Theory]
    [InlineData(@"C:\Users\Jos\u00e9\mfasts.exe", null)]
    [InlineData(@"C:\Users\Jo Do\mfasts.exe", null)]
    [InlineData(@"C:\Users\R&D\mfasts.exe", "it has the character &")]
    [InlineData(@"C:\Users\Jo (EMEA)\mfasts.exe", "it has the character (")]
    [InlineData(@"C:\Users\100%\mfasts.exe", "it has the character %")]
    public void WhyNot_PathOfWindows_FollowsCmd(string path, string? why) =>
        Assert.Equal(why, CredentialProcessCommand.WhyNot(path, CommandCharacters.OfWindows));

    [Theory]
    [InlineData("aws_access_key_id = ASIAOLDOLDOLDOLDOLD1\naws_secret_access_key = old\naws_session_token = t\nx_security_token_expires = "
        + "2025-01-01T00:00:00Z\n",
        "a session of another tool (line 5: ASIAOLDOLDOLDOLDOLD1, expiration 2025-01-01T00:00:00Z)")]
    [InlineData(
        "aws_access_key_id = ASIAOLDOLDOLDOLDOLD1\naws_secret_access_key = old\naws_session_token = t\n",
        "a session of another tool (line 5: ASIAOLDOLDOLDOLDOLD1)")]
    [InlineData(
        "aws_access_key_id = ASIAOLDOLDOLDOLDOLD1\naws_secret_access_key = old\naws_security_token = t\n", "a session of another tool")]
    [InlineData("aws_access_key_id =\n", "a part of an access key (line 5)")]
    [InlineData("aws_secret_access_key = s\n", "a part of an access key (line 5)")]
    public void Register_KeysOfAnotherToolInTheProfile_AreRefusedOrRemoved(string keys, string what)
    {
        string foreign = LongTerm + "[p]\n" + keys + "region = eu-west-1\n";
        _home.Credentials = foreign;

        Assert.StartsWith(what, Store.KeysInTheWay("p"), StringComparison.Ordinal);
        var refused = Assert.Throws<MfaException>(() => Store.Register("p", Program, clearSection: false, Stop)).Error;
        Assert.Equal((MfaErrorId.ProfileUnsuitable, foreign, false), (refused.Id, _home.Credentials, File.Exists(_home.ConfigPath)));
        Assert.Contains("-Force", refused.Remedy, StringComparison.Ordinal);

        Store.Register("p", Program, clearSection: true, Stop);
        Assert.Equal(LongTerm + "[p]\nregion = eu-west-1\n", _home.Credentials);
        Assert.Null(Store.KeysInTheWay("p"));
        Assert.Contains("credential_process = ", _home.Config, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("login_session = arn:aws:iam::123456789012:user/alice\n", "login_session")]
    [InlineData("sso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Dev\n", "sso_session")]
    [InlineData("sso_start_url = https://example.awsapps.com/start\n", "sso_start_url")]
    [InlineData("web_identity_token_file = /t\n", "web_identity_token_file")]
    public void Register_ProfileThatHasAnotherSource_IsRefusedWithItsLine(string settings, string key)
    {
        _home.Credentials = LongTerm;
        _home.Config = "[profile p]\n" + settings;

        var refused = Assert.Throws<MfaException>(() => Store.Register("p", Program, clearSection: true, Stop)).Error;

        Assert.Equal((MfaErrorId.ProfileUnsuitable, "[profile p]\n" + settings), (refused.Id, _home.Config));
        Assert.Contains($"has {key} ([profile p] of '{_home.ConfigPath}', line 2)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Register_KeysInConfig_AreMoved()
    {
        _home.Config =
            $"[profile p]\naws_access_key_id = {ScratchHome.KeyId}\naws_secret_access_key = {ScratchHome.Secret}\nregion = eu-west-1\n";

        Assert.True(Store.NeedsMove("p"));
        Store.Register("p", Program, clearSection: true, Stop);

        Assert.Equal("p-long-term", _home.LongTerm.Find("p")!.Section);
        Assert.DoesNotContain("aws_access_key_id", _home.Config, StringComparison.Ordinal);
        Assert.Contains("credential_process", _home.Config, StringComparison.Ordinal);
    }

    [Fact]
    public void Register_FolderWithABlank_IsQuoted()
    {
        _home.Credentials = LongTerm;

        Store.Register("p", "/home/a b/mfasts", clearSection: false, Stop);

        Assert.Contains("credential_process = \"/home/a b/mfasts\" credential-process p\n", _home.Config, StringComparison.Ordinal);
        Assert.True(Store.Unregister("p", Stop));
    }

    [Fact]
    public void Register_NoLongTermKey_IsRefused() => Assert.Equal(
        MfaErrorId.LongTermCredentialNotFound,
        Assert.Throws<MfaException>(() => Store.Register("p", Program, clearSection: false, Stop)).Error.Id);

    [Fact]
    public void Unregister_Registered_PutsEverythingBack()
    {
        _home.Credentials = LongTerm + "\n" + Session;
        _home.Config = "[profile p]\nregion = eu-central-1\n";
        Store.Register("p", Program, clearSection: false, Stop);

        Assert.True(Store.Unregister("p", Stop));

        Assert.Equal("[profile p]\nregion = eu-central-1\n", _home.Config);
        var session = Assert.Single(Sessions.List(null));
        Assert.Equal(("p", "p"), (session.Profile, session.Section));
        Assert.DoesNotContain("region", _home.Credentials, StringComparison.Ordinal);
        Assert.False(Store.Unregister("p", Stop));
    }

    [Fact]
    public void Unregister_AnotherProgramsLine_Stays()
    {
        _home.Config = "[profile p]\ncredential_process = other-tool p\n";

        Assert.Equal(MfaErrorId.ProfileUnsuitable, Assert.Throws<MfaException>(() => Store.Unregister("p", Stop)).Error.Id);
        Assert.Equal("[profile p]\ncredential_process = other-tool p\n", _home.Config);
    }
}
