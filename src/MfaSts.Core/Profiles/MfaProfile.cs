using System.Globalization;
using MfaSts.Errors;
using MfaSts.Files;

namespace MfaSts.Profiles;

/// <summary>
/// What the two files say about one profile. Config comes before credentials for settings, as in botocore, and every value is the text that
/// the file has.
/// </summary>
internal sealed class MfaProfile
{
    // With one of these beside a session, the AWS SDK for .NET, and so AWS.Tools, finds no credentials in the profile at all.
    private static readonly string[] HidesSessionFromDotNet =
        ["mfa_serial", "source_profile", "external_id", "role_session_name", "credential_source"];

    // What else gives a profile credentials. Which of it and of a session in the profile's own section counts is another thing for each AWS
    // tool: botocore's ProfileProviderBuilder asks a role, web identity, SSO, the credentials file, aws login, a process; the SDK for
    // JavaScript takes keys first.
    private static readonly string[] OtherSources = ["role_arn", "web_identity_token_file", "login_session"];

    private const string SignOn = "sso_";
    private const string Process = "credential_process";

    private readonly IniSection? _config;
    private readonly IniSection? _credentials;

    private MfaProfile(string name, AwsDocuments documents)
    {
        Name = name;
        Documents = documents;
        _credentials = documents.Credentials.Find(name);
        _config = documents.Config.FindProfile(name);
    }

    /// <summary>The profile's name.</summary>
    public string Name { get; }

    /// <summary>The configured region, its own or that of its source profile, or null.</summary>
    public string? Region => Setting("region") ?? Source()?.Setting("region");

    /// <summary>The credentials file as it was read, and those of older tools.</summary>
    public AwsDocuments Documents { get; }

    /// <summary>The profile has a section in either file.</summary>
    public bool Exists => _config is not null || _credentials is not null;

    /// <summary>The profile has a section in config.</summary>
    public bool HasConfig => _config is not null;

    /// <summary>The command that gives MFA codes (a key of aws-vault).</summary>
    public string? MfaProcess => ConfigOnly("mfa_process");

    /// <summary>The command that prints the long-term keys.</summary>
    public string? KeyProcess => ConfigOnly(CredentialKeys.KeyProcess);

    /// <summary>The profile's section in config; to be asked only when there is one.</summary>
    public string ConfigSection => _config!.Name;

    /// <summary>The session needs a section of its own: in the profile's own one it would hide something, or be hidden by it.</summary>
    public bool SessionNeedsOwnSection => HasLongTermKeys || OtherSource is not null;

    /// <summary>The profile's own section of the credentials file has keys that must not be written over.</summary>
    public bool HasLongTermKeys => _credentials is not null && CredentialKeys.MustKeep(_credentials);

    /// <summary>
    /// A key by which AWS tools get the profile's credentials from elsewhere, or null: a role, a process, web identity, SSO, <c>aws
    /// login</c>.
    /// </summary>
    public string? OtherSource
    {
        get
        {
            foreach (string key in OtherSources)
            {
                if (Setting(key) is not null)
                {
                    return key;
                }
            }

            return _config?.FindNameBeginning(SignOn) ?? _credentials?.FindNameBeginning(SignOn)
                ?? (Setting(Process) is null ? null : Process);
        }
    }

    /// <summary>The section in which the profile's session is kept.</summary>
    public string SessionSection => SessionNeedsOwnSection ? Name + ProfileName.SessionSuffix : Name;

    /// <summary>Keys in <c>[profile p]</c> that keep AWS.Tools from seeing a session in <c>[p]</c>.</summary>
    public IEnumerable<string> KeysThatHideSession =>
        SessionNeedsOwnSection ? [] : HidesSessionFromDotNet.Where(key => Setting(key) is not null);

    /// <summary>Another profile of the same files, as they were read.</summary>
    public MfaProfile Of(string name) => Of(name, Documents);

    /// <summary>A profile of files that have been read already.</summary>
    public static MfaProfile Of(string name, AwsDocuments documents) => new(name, documents);

    /// <summary>Reads both files.</summary>
    public static MfaProfile Read(string name, AwsFiles files)
    {
        ProfileName.Require(name);
        var config = new ConfigFile(files.Config.Read());
        return new(name, AwsDocuments.Read(files, config));
    }

    /// <summary>A setting's value, or null when it is absent or empty.</summary>
    public string? Setting(string key) => ConfigOnly(key) ?? NullIfEmpty(_credentials?[key]);

    /// <summary>The profile that <c>source_profile</c> names, or null.</summary>
    public MfaProfile? Source() => Setting("source_profile") is { } source && source != Name ? Of(source) : null;

    /// <summary>A value of the profile's <c>services</c> section, such as <c>endpoint_url</c> below <c>sts =</c>.</summary>
    public string? ServiceSetting(string service, string key) => Setting("services") is { } name
        ? NullIfEmpty(Documents.Config.FindServices(name)?.FindKey(service)?.GetNested(key))
        : null;

    /// <summary>A setting of true or false.</summary>
    public bool IsTrue(string key) => string.Equals(Setting(key), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The session's length from <c>duration_seconds</c>, or null.</summary>
    /// <exception cref="MfaException">DurationOutOfRange: it is no whole number of seconds.</exception>
    public TimeSpan? Duration()
    {
        const string key = "duration_seconds";
        if (Setting(key) is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            ? TimeSpan.FromSeconds(seconds)
            : throw MfaErrors.DurationSecondsUnreadable(Name, text, Documents.Files.Config.Path);
    }

    private string? ConfigOnly(string key) => NullIfEmpty(_config?[key]);

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
