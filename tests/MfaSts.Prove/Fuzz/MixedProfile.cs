using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Sessions;
using MfaSts.Sts;

namespace MfaSts.Prove.Fuzz;

/// <summary>A home whose one profile gets its credentials from several places; twice, with a session of ours in one of them.</summary>
internal sealed class MixedProfile
{
    public const string Name = "p";
    public const string SessionId = "ASIAOURSESSION000001";

    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Device = "arn:aws:iam::123456789012:mfa/alice";

    // One of ours goes from the profile's own section when the next one is kept apart: its dead keys would hide what comes behind them.
    private const string OldSession =
        "aws_access_key_id = ASIAOLDOURS000000001\naws_secret_access_key = old\naws_session_token = t\n"
            + "expiration = 2020-01-01T00:00:00Z\nmanager = mfasts";

    private static readonly string Sources =
        $"""
        [p-long-term]
        aws_access_key_id = AKIAIOSFODNN7EXAMPLE
        aws_secret_access_key = {Secret}
        aws_mfa_device = {Device}
        [base-long-term]
        aws_access_key_id = AKIAI44QH8DHBEXAMPLE
        aws_secret_access_key = {Secret}
        aws_mfa_device = {Device}
        [base]
        aws_access_key_id = ASIABASESESSION00001
        aws_secret_access_key = base
        aws_session_token = base

        """.ReplaceLineEndings("\n");

    private static readonly string[] HidingKeys =
        ["mfa_serial", "source_profile", "external_id", "role_session_name", "credential_source"];

    private static readonly string[] InConfig =
    [
        "region = eu-west-1", "output = json", "duration_seconds = 3600", "s3 =\n  max_concurrent_requests = 20",
        "sso_session = corp", "sso_account_id = 123456789012", "sso_role_name = Dev", "sso_start_url = https://example.awsapps.com/start",
        "sso_region = eu-west-1",
        "login_session = arn:aws:iam::123456789012:user/alice", "web_identity_token_file = /no/such/token", "credential_process = echo no",
        "role_arn = arn:aws:iam::123456789012:role/Dev", "source_profile = base", "mfa_serial = " + Device, "external_id = x",
        "role_session_name = alice", "credential_source = Environment",
        "aws_access_key_id = AKIACONFIGKEYS000001\naws_secret_access_key = " + Secret,
    ];

    private static readonly string[] InCredentials =
    [
        "aws_access_key_id = AKIAOWNKEYS000000001\naws_secret_access_key = " + Secret,
        "aws_access_key_id = ASIAFOREIGN000000001\naws_secret_access_key = foreign\naws_session_token = t\n"
            + "aws_session_expiration = 2020-01-01T00:00:00.000Z",
        "aws_access_key_id = ASIAFOREIGN000000002\naws_secret_access_key = foreign\naws_session_token = t\naws_security_token = t",
        OldSession,
        "region = eu-west-2",
        "credential_process = echo no",
    ];

    private MixedProfile(string folder, string section, IReadOnlyList<string> warnings) =>
        (Folder, Section, Warnings) = (folder, section, warnings);

    /// <summary>Where our session is.</summary>
    public string Section { get; }

    /// <summary>What MfaSts says before it gets a session.</summary>
    public IReadOnlyList<string> Warnings { get; }

    public bool IsApart => Section != Name;

    public string Without => Path.Combine(Folder, "without");

    public string With => Path.Combine(Folder, "with");

    /// <summary>A setting of the profile beside which the SDK for .NET takes no keys, when the session is the profile's own.</summary>
    public string? HidingFromDotNet => IsApart
        ? null
        : Array.Find(HidingKeys, key => File.ReadAllText(Path.Combine(With, "config")).Contains($"\n{key} = ", StringComparison.Ordinal));

    public bool HasKeysInConfig => File.ReadAllText(Path.Combine(With, "config")).Contains("AKIACONFIGKEYS", StringComparison.Ordinal);

    private string Folder { get; }

    /// <summary>Makes one; null when MfaSts refuses the profile.</summary>
    public static MixedProfile? TryMake(string folder, Random random)
    {
        string config = "[sso-session corp]\nsso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1\n"
            + "[profile base]\nregion = eu-west-1\n[profile p]\n" + Some(random);
        string credentials = Sources + (random.Next(2) == 0 ? string.Empty : $"[p]\n{InCredentials[random.Next(InCredentials.Length)]}\n");
        foreach (string place in (string[])["without", "with"])
        {
            Directory.CreateDirectory(Path.Combine(folder, place));
            ScratchHome.Write(Path.Combine(folder, place, "config"), config);
            ScratchHome.Write(Path.Combine(folder, place, "credentials"), credentials);
        }

        try
        {
            var made = Store(folder);
            if (made.IsApart && credentials.Contains(OldSession, StringComparison.Ordinal))
            {
                ScratchHome.Write(Path.Combine(made.Without, "credentials"), Sources);
            }

            return made;
        }
        catch (MfaException)
        {
            return null;
        }
    }

    /// <summary>Both files, for a person.</summary>
    public string Show() => File.ReadAllText(Path.Combine(With, "config")) + File.ReadAllText(Path.Combine(With, "credentials"));

    private static MixedProfile Store(string folder)
    {
        string with = Path.Combine(folder, "with");
        var files = new AwsFiles(Path.Combine(with, "credentials"), Path.Combine(with, "config"), Path.Combine(with, "stscreds"));
        var planner = new SessionPlanner(files, new EnvironmentVariables(_ => null), TimeProvider.System);
        var request = new SessionRequest { Profile = Name };
        var role = planner.PlanRole(request);
        var plan = role is null ? planner.Plan(request) : null;
        var session = new TemporaryCredential
        {
            AccessKeyId = SessionId,
            SecretAccessKey = "s",
            SessionToken = "t",
            Expiration = DateTimeOffset.UtcNow.AddHours(1),
        };
        var target = role?.Target ?? plan!.Target;
        _ = new SessionStore(files, TimeProvider.System).Write(target, session);
        return files.Credentials.WhyNotStored is { } failure
            ? throw failure
            : new MixedProfile(folder, target.Section!, plan?.Warnings ?? []);
    }

    private static string Some(Random random) =>
        string.Concat(InConfig.Where(_ => random.Next(6) == 0).OrderBy(_ => random.Next()).Select(line => line + "\n"));
}
