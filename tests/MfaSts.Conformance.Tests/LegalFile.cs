using MfaSts.Conformance.Tests.Clients;
using MfaSts.Sandbox;

namespace MfaSts.Conformance.Tests;

/// <summary>A pair of files that is odd but legal, with the profiles prod and other.</summary>
public sealed class LegalFile
{
    private const string PlainConfig = "[profile prod]\nregion = eu-central-1\n\n[profile other]\nregion = eu-central-1\n";

    private readonly string _name;
    private readonly string _credentials;
    private readonly Type[] _readers;

    private LegalFile(string name, string credentials, string? config = null, Type[]? readers = null)
    {
        _name = name;
        _credentials = credentials;
        Config = config ?? PlainConfig;
        _readers = readers ?? [typeof(AwsCli), typeof(Boto3), typeof(DotNetSdk), typeof(JavaScriptSdk)];
    }

    internal static IReadOnlyList<LegalFile> All { get; } =
    [
        new("CR LF, comments and no final line break", WithCrLf("""
            # the team's file; do not sort

            [prod]
            # [not-a-section]
            aws_access_key_id = {ID}
            ; aws_secret_access_key = old
            aws_secret_access_key = {SECRET}

            aws_session_token = {TOKEN}

            # about other = about other
            [other]
            aws_access_key_id = {ID}
            aws_secret_access_key = {SECRET}
            aws_session_token = {TOKEN}

            [prod-long-term]
            aws_access_key_id = {LONG-ID}
            aws_secret_access_key = {LONG-SECRET}
            aws_mfa_device = {DEVICE}
            """)),
        new("odd spacing and empty lines inside sections", WithBlanks("""

            [prod]


            aws_access_key_id={ID}
            aws_secret_access_key··→=→·{SECRET}··
            aws_session_token=····{TOKEN}→
            expiration···=····2020-01-01T00:00:00Z
            [other]
            aws_access_key_id→=→{ID}
            aws_secret_access_key={SECRET}
            aws_session_token = {TOKEN}
            [prod-long-term]
              aws_access_key_id = {LONG-ID}
              aws_secret_access_key = {LONG-SECRET}
              aws_mfa_device = {DEVICE}
            """)),
        new("nested blocks in both files", """
            [prod]
            aws_access_key_id = {ID}
            aws_secret_access_key = {SECRET}
            aws_session_token = {TOKEN}
            region = eu-central-1

            [prod-long-term]
            aws_access_key_id = {LONG-ID}
            aws_secret_access_key = {LONG-SECRET}
            aws_mfa_device = {DEVICE}

            [other]
            aws_access_key_id = {ID}
            aws_secret_access_key = {SECRET}
            aws_session_token = {TOKEN}
            s3 =
                max_concurrent_requests = 20

                # not more
                addressing_style = path
            """, """
            [profile prod]
            region = eu-central-1
            s3 =
              max_concurrent_requests = 20
              addressing_style = path
            cli_pager =
            [profile other]
            region = eu-central-1
            [sso-session work]
            sso_region = eu-central-1
            """),
        new("all keys indented alike", """
            [other]
                aws_access_key_id = {ID}
                aws_secret_access_key = {SECRET}
                aws_session_token = {TOKEN}
            [prod]
                aws_access_key_id = {ID}
                aws_secret_access_key = {SECRET}
                aws_session_token = {TOKEN}
            [prod-long-term]
                aws_access_key_id = {LONG-ID}
                aws_secret_access_key = {LONG-SECRET}
                aws_mfa_device = {DEVICE}
            """),
        new("a byte order mark", "\uFEFF" + """
            [other]
            aws_access_key_id = {ID}
            aws_secret_access_key = {SECRET}
            aws_session_token = {TOKEN}
            [prod]
            aws_access_key_id = {ID}
            aws_secret_access_key = {SECRET}
            aws_session_token = {TOKEN}
            [prod-long-term]
            aws_access_key_id = {LONG-ID}
            aws_secret_access_key = {LONG-SECRET}
            aws_mfa_device = {DEVICE}
            """, readers: [typeof(DotNetSdk), typeof(JavaScriptSdk)]),
        new("keys in capitals and a stale aws_security_token", """
            [prod]
            AWS_ACCESS_KEY_ID = {ID}
            Aws_Secret_Access_Key = {SECRET}
            aws_session_token = {TOKEN}
            aws_security_token = {TOKEN}
            [other]
            aws_access_key_id = {ID}
            aws_secret_access_key = {SECRET}
            aws_session_token = {TOKEN}
            [prod-long-term]
            aws_access_key_id = {LONG-ID}
            aws_secret_access_key = {LONG-SECRET}
            aws_mfa_device = {DEVICE}
            """, readers: [typeof(AwsCli), typeof(Boto3), typeof(DotNetSdk)]),
        new("colons and text behind a header", """
            [prod] # the session
            aws_access_key_id: {ID}
            aws_secret_access_key : {SECRET}
            aws_session_token = {TOKEN}
            [other]
            aws_access_key_id = {ID}
            aws_secret_access_key = {SECRET}
            aws_session_token = {TOKEN}
            [prod-long-term]
            aws_access_key_id = {LONG-ID}
            aws_secret_access_key = {LONG-SECRET}
            aws_mfa_device: {DEVICE}
            """, readers: [typeof(AwsCli), typeof(Boto3)]),
    ];

    internal string Config { get; }

    public override string ToString() => _name;

    internal bool IsReadBy(AwsClient client) => _readers.Contains(client.GetType());

    internal string Credentials(SandboxAccessKey key, VirtualMfaDevice device, MfaSession session) => _credentials
        .Replace("{ID}", session.AccessKeyId, StringComparison.Ordinal)
        .Replace("{SECRET}", session.SecretAccessKey, StringComparison.Ordinal)
        .Replace("{TOKEN}", session.SessionToken, StringComparison.Ordinal)
        .Replace("{LONG-ID}", key.AccessKeyId, StringComparison.Ordinal)
        .Replace("{LONG-SECRET}", key.SecretAccessKey, StringComparison.Ordinal)
        .Replace("{DEVICE}", device.SerialNumber, StringComparison.Ordinal);

    // So that blanks which matter can be seen.
    private static string WithBlanks(string text) => text.Replace('·', ' ').Replace('→', '\t');

    private static string WithCrLf(string text) => text.ReplaceLineEndings("\r\n");
}
