using MfaSts.Findings;
using MfaSts.Tests.Fakes;
using MfaSts.Tests.Homes;

namespace MfaSts.Tests.Findings;

/// <summary>Homes in which nothing is wrong, of each kind that people have: nothing is found in them.</summary>
public sealed class HealthyHomeTests : IDisposable
{
    private const string Pair = $"aws_access_key_id = {ScratchHome.KeyId}\naws_secret_access_key = {ScratchHome.Secret}\n";
    private const string Session = "aws_access_key_id = ASIAOLD\naws_secret_access_key = s\naws_session_token = t\n";
    private const string Role = "role_arn = arn:aws:iam::123456789012:role/admin\n";
    private const string Serial = $"mfa_serial = {ScratchHome.Device}\n";

    private readonly ScratchHome _home = new();
    private readonly TestClock _clock = new();

    public static TheoryData<string, string, string, string> Homes { get; } = new()
    {
        { "none", "", "", "" },
        { "ours", ScratchHome.LongTermSection("p"), "[profile p]\nregion = eu-west-1\n", "" },
        {
            "ours with a session",
            ScratchHome.LongTermSection("p") + $"[p]\n{Session}expiration = 2026-03-04T12:00:00Z\nmanager = mfasts\n",
            "[profile p]\nregion = eu-west-1\nduration_seconds = 43200\nmfa_process = echo 123456\n", ""
        },
        {
            "ours with a role", ScratchHome.LongTermSection("p"),
            $"[profile admin]\n{Role}source_profile = p\nduration_seconds = 3600\n", ""
        },
        {
            "the AWS CLI's, with its usual role profile", $"[default]\n{Pair}",
            $"[default]\nregion = eu-west-1\n{Serial}[profile admin]\n{Role}source_profile = default\n{Serial}duration_seconds = 43200\n",
            ""
        },
        { "long-term keys with their session beside", $"[p]\n{Pair}[p-sts]\n{Session}region = x\n", "[profile p]\nregion = x\n", "" },
        {
            "single sign-on", "",
            "[profile p]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Dev\n[sso-session corp]\n"
            + "sso_start_url = https://example.awsapps.com/start\n", ""
        },
        { "single sign-on beside another tool's process", "", "[profile p]\nsso_session = corp\ncredential_process = /bin/true\n", "" },
        { "aws login", "", "[profile p]\nlogin_session = arn:aws:iam::123456789012:user/alice\n", "" },
        { "another tool's process", "", "[profile p]\ncredential_process = /bin/true --json p\nregion = x\n", "" },
        {
            "aws-vault's, keys in its own store", "",
            $"[profile base]\n{Serial}mfa_process = printf 123456\n"
                + $"[profile admin]\n{Role}source_profile = base\n{Serial}duration_seconds = 7200\n",
            ""
        },
        { "a role beside its own keys", $"[p]\n{Pair}", $"[profile p]\n{Role}source_profile = p\n", "" },
        { "a machine's role", "", $"[profile p]\n{Role}credential_source = Ec2InstanceMetadata\n", "" },
        { "a pod", "", "", "AWS_ROLE_ARN=r;AWS_WEB_IDENTITY_TOKEN_FILE=f" },
        { "web identity", "", $"[profile p]\n{Role}web_identity_token_file = /t\n", "" },
        { "a role over single sign-on", "", $"[profile p]\nsso_session = corp\n[profile admin]\n{Role}source_profile = p\n", "" },
        { "saml2aws's", $"[saml]\n{Session}x_security_token_expires = 2026-03-04T12:00:00+00:00\n", "", "" },
        { "sections of other kinds", "", "[plugins]\ncli_legacy_plugin_path = x\n[preview]\nx = true\n[services l]\ns3 =\n  a = b\n", "" },
        {
            "a session of ours in the environment", ScratchHome.LongTermSection("p"), "",
            "MFASTS_PROFILE=p;AWS_ACCESS_KEY_ID=ASIAX;AWS_SECRET_ACCESS_KEY=x;AWS_SESSION_TOKEN=t;AWS_CREDENTIAL_EXPIRATION="
            + "2026-03-04T12:00:00Z"
        },
        { "a profile in the environment", ScratchHome.LongTermSection("p"), "", "AWS_PROFILE=p" },
        { "an emulator's key", "[p]\naws_access_key_id = test\naws_secret_access_key = test\n", "", "AWS_ENDPOINT_URL=http://localhost:1" },
        {
            "an emulator's session of ours", ScratchHome.LongTermSection("p")
                + $"[p]\n{Pair}aws_session_token = t\nexpiration = 2026-03-04T12:00:00Z\nmanager = mfasts\nmfasts_key = "
                + $"{ScratchHome.KeyId} 2026-03-04T12:00:00Z\n", "", ""
        },
        { "regions of the right partition", ScratchHome.LongTermSection("p"), "[profile p]\nregion = eu-west-1\n", "AWS_REGION=us-east-1" },
        { "commands with a shell's text", ScratchHome.LongTermSection("p"), "[profile p]\nmfa_process = cd / && (echo 123456)\n", "" },
        { "a command with an assignment", ScratchHome.LongTermSection("p"), "[profile p]\nmfa_process = A=b no-such $HOME/x\n", "" },
    };

    public static TheoryData<string> OlderNames { get; } = [.. OlderHome.All.Select(home => home.Name)];

    public void Dispose() => _home.Dispose();

    [Theory]
    [MemberData(nameof(Homes))]
    public void Examine_HealthyHome_FindsNothing(string name, string credentials, string config, string variables)
    {
        Assert.NotEmpty(name);
        _home.Credentials = credentials;
        _home.Config = config;
        _home.Variables["PATH"] = "/usr/bin:/bin";
        foreach (string pair in variables.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            _home.Variables[pair.Split('=')[0]] = pair.Split('=', 2)[1];
        }

        Assert.Equal([], Examine());
    }

    [Theory]
    [MemberData(nameof(OlderNames))]
    public void Examine_HomeOfAnOlderSystem_FindsOnlyTheTokenThatItFailedToWrite(string name)
    {
        var home = OlderHome.All.Single(older => older.Name == name);
        foreach ((string file, string template) in home.Files)
        {
            ScratchHome.Write(_home.At(file.Split('/')), OlderHome.Fill(template, home.Session, "2026-03-04T09:59:59Z"));
        }

        bool isTornByItsTool = name.Contains("failed to write", StringComparison.Ordinal);
        Assert.Equal(isTornByItsTool ? [MfaFindingId.SessionTokenUnclear] : [], Examine());
    }

    private IEnumerable<MfaFindingId> Examine()
    {
        foreach (string file in Directory.EnumerateFiles(_home.Root, "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, _clock.Now.UtcDateTime);
        }

        return new ProfileDoctor(_home.Files, _home.Environment, _clock).Examine().Select(finding => finding.Id);
    }
}
