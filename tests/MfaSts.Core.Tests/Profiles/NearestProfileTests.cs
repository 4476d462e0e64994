using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Profiles;
using MfaSts.Sessions;
using MfaSts.Stores;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Profiles;

public sealed class NearestProfileTests : IDisposable
{
    private const string Session =
        "aws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\naws_session_token = t\nexpiration = "
            + "2026-01-02T03:04:05Z\nmanager = mfasts\n";

    private readonly ScratchHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("prdo", "prod")]
    [InlineData("stagnig", "staging")]
    [InlineData("strusty", "trusty")]
    [InlineData("owm", "own")]
    public void Of_NameOfAProfileWithKeysOrASession_IsFoundWhereverTheyAre(string typed, string meant)
    {
        _home.Credentials = ScratchHome.LongTermSection("prod") + "[staging]\n" + Session + "[own-sts]\n" + Session;
        ScratchHome.Write(
            _home.StscredsPath, $"[trusty]\naws_access_key_id = {ScratchHome.KeyId}\naws_secret_access_key = {ScratchHome.Secret}\n");

        Assert.Equal(meant, NearestProfile.Of(typed, _home.Files));
    }

    [Theory]
    [InlineData("[ staging ]\n")]
    [InlineData("[sta\u001bging]\n")]
    public void Of_NameThatNobodyMayUse_IsNotOffered(string header)
    {
        _home.Credentials = header + Session;

        Assert.Null(NearestProfile.Of("staging", _home.Files));
    }

    [Fact]
    public void Of_ProfileThatIsThereWithoutKeys_IsNotMistyped()
    {
        _home.Credentials = ScratchHome.LongTermSection("prod") + "[prod1]\nregion = eu-west-1\n";
        _home.Config = "[profile prod2]\nregion = eu-west-1\n";

        Assert.Null(NearestProfile.Of("prod1", _home.Files));
        Assert.Null(NearestProfile.Of("prod2", _home.Files));
        Assert.Equal("prod", NearestProfile.Of("prod3", _home.Files));
    }

    [Fact]
    public void Of_ProfileForARole_IsItsSourceProfileWhereThatHasKeys()
    {
        _home.Credentials = ScratchHome.LongTermSection("prod");
        _home.Config = "[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = prod\n"
            + "[profile other]\nrole_arn = arn:aws:iam::123456789012:role/other\nsource_profile = nobody\n";

        Assert.Equal("prod", NearestProfile.Of("admin", _home.Files));
        Assert.Null(NearestProfile.Of("other", _home.Files));
    }

    [Fact]
    public void Of_ConfigThatCannotBeRead_IsNullAndNoOtherError()
    {
        _home.Credentials = ScratchHome.LongTermSection("prod");
        _home.Config = "[profile\n";

        Assert.Null(NearestProfile.Of("prdo", _home.Files));
    }

    [Fact]
    public void NotFound_MistypedName_AsksBeforeItSaysWhatElseToDo()
    {
        _home.Credentials = ScratchHome.LongTermSection("prod");

        Assert.Equal(
            "Did you mean 'prod'? If not, store one with: Set-MfaLongTermCredential -Profile "
                + "prdo", new LongTermCredentialStore(_home.Files).NotFound("prdo").Error.Remedy);
        Assert.Equal(
            "Did you mean 'prod'? If not, get one with: Get-MfaSessionToken -Profile prdo",
            new SessionStore(_home.Files, TimeProvider.System).NotFound("prdo").Error.Remedy);
        Assert.Equal(
            "Store one with: Set-MfaLongTermCredential -Profile other",
            new LongTermCredentialStore(_home.Files).NotFound("other").Error.Remedy);
        Assert.Equal(
            "Get one with: Get-MfaSessionToken -Profile other",
            new SessionStore(_home.Files, TimeProvider.System).NotFound("other").Error.Remedy);
    }

    [Fact]
    public void NotFound_NameWithDirectionOverride_IsShownEscaped()
    {
        _home.Credentials = ScratchHome.LongTermSection("pro\u202ed1");

        string remedy = new LongTermCredentialStore(_home.Files).NotFound("prod1").Error.Remedy;

        Assert.StartsWith(@"Did you mean 'pro\u202ed1'?", remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void NotFound_SectionWithASuffix_GoesBeforeANearName()
    {
        _home.Credentials =
            $"[prod-eu]\naws_access_key_id = {ScratchHome.KeyId}\naws_secret_access_key = {ScratchHome.Secret}\naws_mfa_device = "
                + $"{ScratchHome.Device}\n"
            + ScratchHome.LongTermSection("prod1");
        var broker =
            new SessionBroker(
                _home.Files, _home.Environment, () => throw new InvalidOperationException(), TimeProvider.System, KeyStores.FileOnly);

        string remedy = Assert.Throws<MfaException>(() => broker.Prepare(new() { Profile = "prod" })).Error.Remedy;

        Assert.StartsWith("[prod-eu] holds one.", remedy, StringComparison.Ordinal);
    }
}
