using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Homes;

/// <content>The homes, each in its system's own spelling, order and spacing.</content>
internal sealed partial record OlderHome
{
    private const string LongTerm = "aws_access_key_id = {key}\naws_secret_access_key = {secret}\n";

    private const string AwsMfaKeys = LongTerm + "aws_mfa_device = {device}\n\n";

    private const string Stranger = "[stranger]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = theirs\n\n";

    private const string NewKeys = "aws_access_key_id = ASIANEW0000000000001\naws_secret_access_key = new-secret-1\n";

    private const string OldKeys = "aws_access_key_id = ASIAOLD0000000000001\naws_secret_access_key = old-secret\n";

    // What MfaSts adds where the system keeps no expiry.
    private const string NewEnd = "expiration = 2026-03-04T22:00:00Z\nmanager = mfasts\n";

    private const string NewMark = "mfasts_key = ASIANEW0000000000001 2026-03-04T22:00:00Z\n";

    // The keys in the order in which aws-mfa writes them.
    private const string AwsMfaSession = "assumed_role = False\n" + OldKeys
        + "aws_session_token = old-token\naws_security_token = old-token\nexpiration = 2026-03-04 09:59:59\n\n";

    private const string AwsMfaNewSession = "assumed_role = False\n" + NewKeys
        + "aws_session_token = new-token-1\naws_security_token = new-token-1\nexpiration = 2026-03-04 22:00:00\nmanager = mfasts\n";

    public static IReadOnlyList<OlderHome> All { get; } =
    [
        AwsMfa("aws-mfa", "prod-long-term", "prod"),
        AwsMfa("aws-mfa --long-term-suffix", "prod-keys", "prod"),
        AwsMfa("aws-mfa --short-term-suffix", "prod-long-term", "prod-mfa"),
        AwsMfa("aws-mfa --long-term-suffix none --short-term-suffix", "prod", "prod-mfa"),
        AwsMfa("aws-mfa with both suffixes", "prod-keys", "prod-mfa"),
        new OlderHome(
            "aws-mfa --setup, before its first session",
            new() { [CredentialsFile] = Stranger + "[prod-long-term]\n" + LongTerm + "\n{session}" })
        {
            Session = string.Empty,
            NewSession = $"[prod]\n{NewKeys}aws_session_token = new-token-1\n{NewEnd}",
            Request = new() { Profile = "prod", SerialNumber = ScratchHome.Device },
            Section = "prod",
            Read = (read, _) =>
                (OlderReading.AwsMfa(read(CredentialsFile), "prod-long-term", "prod", DateTimeOffset.MinValue), "ASIANEW0000000000001"),
        },
        new OlderHome(
            "aws-mfa-sts",
            new()
            {
                // Its library lines the equal signs up.
                [CredentialsFile] =
                    "; mine\n[prod]\naws_access_key_id     = {key}\naws_secret_access_key = {secret}\n\n[prod-sts]\n{session}\n" + Stranger,
            })
        {
            Session =
                "aws_access_key_id     = ASIAOLD0000000000001\naws_secret_access_key = old-secret\naws_session_token     = old-token\n",
            NewSession =
                "aws_access_key_id     = ASIANEW0000000000001\naws_secret_access_key = new-secret-1\naws_session_token     = new-token-1\n"
                + NewEnd + NewMark,
            Request = new() { Profile = "prod", SerialNumber = ScratchHome.Device },
            Section = "prod-sts",
            Read = (read, _) => OlderReading.AwsMfaSts(read(CredentialsFile), "prod", ScratchHome.KeyId),
        },
        Cli("AWS CLI, by hand into [mfa]", "mfa"),
        Cli("AWS CLI 2, configure mfa-login", "123456789012-alice"),
        new OlderHome("AWS CLI, with a section of MfaSts's own", CliFiles("[mfa]\n" + OldKeys + "aws_session_token = old-token\n{session}"))
        {
            Session = string.Empty,
            NewSession = $"\n[default-sts]\n{NewKeys}aws_session_token = new-token-1\n{NewEnd}region = eu-west-1\n{NewMark}",
            Request = new() { Profile = "default" },
            Section = "default-sts",
            Read = (read, _) => OlderReading.Sdk(read(CredentialsFile), "default-sts"),
        },
        new OlderHome(
            "stscreds",
            new()
            {
                [StscredsFile] = "# both accounts\n" + Stranger
                    + "[prod]\naws_access_key_id       = {key}\naws_secret_access_key   = {secret}\ntemp_credentials_expire = {expiry}\n",
                [CredentialsFile] = "[prod]\n{session}\n" + Stranger,
            })
        {
            Session =
                "aws_access_key_id     = ASIAOLD0000000000001\naws_secret_access_key = old-secret\naws_session_token     = old-token\n",
            NewSession =
                "aws_access_key_id     = ASIANEW0000000000001\naws_secret_access_key = new-secret-1\naws_session_token     = new-token-1\n"
                + NewEnd + NewMark,
            ValidSession =
                "aws_access_key_id     = ASIAOLD0000000000001\naws_secret_access_key = old-secret\naws_session_token     = old-token\n",
            Request = new() { Profile = "prod", SerialNumber = ScratchHome.Device },
            Section = "prod",
            Read = (read, now) => OlderReading.Stscreds(read(StscredsFile), read(CredentialsFile), "prod", now),
        },
        new OlderHome(
            "AWS-recipes, layout of 2015",
            new()
            {
                [NoMfaFile] = "# both accounts\n" + Stranger + "[prod]\n" + LongTerm + "aws_mfa_serial = {device}\n",
                [CredentialsFile] = Stranger + "[prod]\n{session}[last]\nregion = eu-west-1\n",
            })
        {
            Session = OldKeys + "aws_mfa_serial = {device}\naws_session_token = old-token\n",
            NewSession = NewKeys + "aws_mfa_serial = {device}\naws_session_token = new-token-1\n" + NewEnd + NewMark,
            Request = new() { Profile = "prod" },
            Section = "prod",
            Read = (read, _) => OlderReading.Recipes2015(read(NoMfaFile), read(CredentialsFile), "prod", ScratchHome.KeyId),
        },
        Recipes("AWS-recipes, later layout", "prod", "aws_session_token = old-token\n", "aws_session_token = new-token-1\n"),
        Recipes(
            "AWS-recipes, later layout, with the token that it failed to write", "prod", string.Empty, "aws_session_token = new-token-1\n"),
    ];

    private static OlderHome AwsMfa(string name, string keys, string session) => new(
        name, new() { [CredentialsFile] = $"[{keys}]\n{AwsMfaKeys}[{session}]\n{{session}}{Stranger}" })
    {
        Session = AwsMfaSession,
        NewSession = AwsMfaNewSession + (session == "prod" ? "\n" : "mfasts_profile = prod\n\n"),
        ValidSession = AwsMfaSession.Replace("09:59:59", "10:05:01", StringComparison.Ordinal),
        Request = new() { Profile = "prod" },
        Section = session,
        Read = (read, now) =>
            (OlderReading.AwsMfa(read(CredentialsFile), keys, session, now), OlderReading.Sdk(read(CredentialsFile), session).AccessKeyId),
    };

    private static OlderHome Cli(string name, string section) => new(name, CliFiles($"[{section}]\n{{session}}\n{Stranger}"))
    {
        Session = OldKeys + "aws_session_token = old-token\n",
        NewSession = NewKeys + "aws_session_token = new-token-1\n" + NewEnd + "region = eu-west-1\nmfasts_profile = default\n" + NewMark,
        Request = new() { Profile = "default", SessionProfile = section },
        Section = section,
        Read = (read, _) => OlderReading.Sdk(read(CredentialsFile), section),
    };

    private static Dictionary<string, string> CliFiles(string sessions) => new()
    {
        [CredentialsFile] = "[default]\n" + LongTerm + sessions,
        [ConfigFile] = "[default]\nregion = eu-west-1\nmfa_serial = {device}\n\n[profile mfa]\nregion = eu-west-1\noutput = json\n",
    };

    // opinel leaves the profile's aws_mfa_serial where the long-term keys were.
    private static OlderHome Recipes(string name, string profile, string token, string newToken) => new(
        name, new()
        {
            [CredentialsFile] = $"# mine\n[{profile}]\n{{session}}\n{Stranger}[{profile}-nomfa]\n{LongTerm}aws_mfa_serial = "
            + $"{{device}}\n"
        })
    {
        Session = OldKeys + "aws_mfa_serial = {device}\n" + token,
        NewSession = NewKeys + "aws_mfa_serial = {device}\n" + newToken + NewEnd + NewMark,
        ValidSession = token.Length == 0
            ? null
            : OldKeys + "aws_mfa_serial = {device}\n" + token + "expiration = 2026-03-04 10:05:01+00:00\n",
        Request = new() { Profile = profile },
        Section = profile,
        Read = (read, now) => OlderReading.Recipes(read(CredentialsFile), profile, now),
    };
}
