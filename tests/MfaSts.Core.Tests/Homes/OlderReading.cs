using System.Globalization;

namespace MfaSts.Tests.Homes;

/// <summary>How the older systems read their files and decide: their documented rules, and none of MfaSts's own reading.</summary>
internal static class OlderReading
{
    private static readonly string[] AwsMfaKeys =
        ["assumed_role", "aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_security_token", "expiration"];

    /// <summary>
    /// aws-mfa without a role: a section, six keys, no role, and a naive UTC time that lies ahead. Another form of the time crashes it.
    /// </summary>
    public static string AwsMfa(string credentials, string keys, string session, DateTimeOffset now)
    {
        var sections = Sections(credentials);
        if (
            !sections.TryGetValue(keys, out var longTerm) || !longTerm.ContainsKey("aws_access_key_id") || !longTerm.ContainsKey(
                "aws_secret_access_key"))
        {
            return "long-term keys are missing";
        }

        if (!sections.TryGetValue(session, out var found))
        {
            return "section is missing";
        }

        if (AwsMfaKeys.Any(key => !found.ContainsKey(key)))
        {
            return "missing or invalid";
        }

        if (found.ContainsKey("assumed_role_arn"))
        {
            return "another role";
        }

        var expiration = DateTime.ParseExact(
            found["expiration"], "yyyy-MM-dd "
                + "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        return expiration <= now.UtcDateTime ? "expired" : OlderHome.StillValid;
    }

    /// <summary>aws-mfa-sts: the SDK's long-term keys under the profile, and the tools' session under profile-sts.</summary>
    public static (string Verdict, string? AccessKeyId) AwsMfaSts(string credentials, string profile, string keyId) =>
        Sdk(credentials, profile) is ("long-term", var id) && id == keyId
            ? Sdk(credentials, profile + "-sts")
            : ("long-term keys are missing", null);

    /// <summary>stscreds: the time beside the long-term keys decides, and the three keys are handed out one by one.</summary>
    public static (string Verdict, string? AccessKeyId) Stscreds(string own, string credentials, string profile, DateTimeOffset now)
    {
        var keys = Sections(own)[profile];
        var expiration = DateTimeOffset.ParseExact(keys["temp_credentials_expire"], "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture);
        return expiration <= now || !keys.ContainsKey("aws_secret_access_key") ? ("auth", null) : Sdk(credentials, profile);
    }

    /// <summary>
    /// AWS-recipes of 2015: long-term keys with their device in a file of their own, else it would take the session's for them.
    /// </summary>
    public static (string Verdict, string? AccessKeyId) Recipes2015(string noMfa, string credentials, string profile, string keyId) =>
        Sections(noMfa).TryGetValue(profile, out var keys) && keys.GetValueOrDefault("aws_access_key_id") == keyId
            && keys.ContainsKey("aws_mfa_serial")
            ? Sdk(credentials, profile)
            : ("long-term keys are missing", null);

    /// <summary>
    /// AWS-recipes since: without a token it takes what it finds for long-term keys, without an expiration it asks; the zone of one is
    /// dropped.
    /// </summary>
    public static (string Verdict, string? AccessKeyId) Recipes(string credentials, string profile, DateTimeOffset now)
    {
        var sections = Sections(credentials);
        var session = sections[profile];
        if (!session.ContainsKey("aws_session_token") && !session.ContainsKey("aws_security_token"))
        {
            return ("takes them for long-term keys", null);
        }

        if (!session.TryGetValue("expiration", out string? text) || !sections.ContainsKey(profile + "-nomfa"))
        {
            return ("no expiration", null);
        }

        var expiration = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).DateTime;
        return expiration < now.UtcDateTime ? ("expired", null) : Sdk(credentials, profile);
    }

    /// <summary>
    /// An AWS SDK that is given the profile: botocore takes the old name of the token first, the .NET SDK knows only the new one.
    /// </summary>
    public static (string Verdict, string? AccessKeyId) Sdk(string credentials, string profile)
    {
        if (!Sections(credentials).TryGetValue(profile, out var found) || !found.TryGetValue("aws_access_key_id", out string? id))
        {
            return ("no credentials", null);
        }

        string? token = found.GetValueOrDefault("aws_session_token");
        string expected = found["aws_secret_access_key"].Replace("secret", "token", StringComparison.Ordinal);
        return token is null
            ? ("long-term", id)
            : (token == expected && found.GetValueOrDefault("aws_security_token",
            token) == token ? OlderHome.StillValid : "token of another session", id);
    }

    private static Dictionary<string, Dictionary<string, string>> Sections(string text)
    {
        var sections = new Dictionary<string, Dictionary<string, string>>();
        Dictionary<string, string>? current = null;
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line[0] == '[')
            {
                sections.Add(line.Trim('[', ']'), current = []);
            }
            else if (line[0] is not ('#' or ';'))
            {
                string[] parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
                current!.Add(parts[0], parts[1]);
            }
        }

        return sections;
    }
}
