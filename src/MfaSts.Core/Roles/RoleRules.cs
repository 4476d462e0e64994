using System.Globalization;
using System.Text.Json;
using MfaSts.Errors;
using MfaSts.Profiles;

namespace MfaSts.Roles;

/// <summary>
/// What STS takes for a role (AWS STS API reference, AssumeRole; IAM user guide, "Rules for tagging in AWS STS"), checked before anybody is
/// asked for a code and before anything is sent.
/// </summary>
internal static class RoleRules
{
    private const int MostTags = 50;
    private const int MostPolicies = 10;
    private const int MostPolicyCharacters = 2048;
    private const string NameCharacters = "_+=,.@-";
    private const string OwnPrefix = "aws:";

    /// <summary>Checks every role of a chain, and that they go together.</summary>
    /// <exception cref="MfaException">RoleSettingInvalid.</exception>
    public static void Require(RoleChain chain)
    {
        foreach (var hop in chain.Hops)
        {
            Require(hop.Profile, hop.Options);
        }

        RequireOnePartition(chain);
        RequireOneSourceIdentity(chain);
        RequireTagsGoTogether(chain);
    }

    private static void Require(string profile, RoleOptions role)
    {
        RequireArn(profile, role.RoleArn);
        RequireWord(profile, "external ID", role.ExternalId, 1224, NameCharacters + ":/");
        RequireWord(profile, "role session name", role.RoleSessionName, 64, NameCharacters);
        RequireWord(profile, "source identity", role.SourceIdentity, 64, NameCharacters);
        if (role.SourceIdentity?.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase) == true)
        {
            throw MfaErrors.RoleSettingInvalid(profile, "source identity", $"'{OwnPrefix}' at its beginning is AWS's own");
        }

        RequireTags(profile, role);
        RequirePolicies(profile, role);
    }

    private static void RequireArn(string profile, string arn)
    {
        if (RoleArn.NameOf(arn) is null || arn.Length > 2048)
        {
            throw MfaErrors.RoleSettingInvalid(profile, "role ARN", $"'{arn}' is not of the form arn:aws:iam::123456789012:role/name");
        }

        if (Partition.OfArn(arn) is null)
        {
            throw MfaErrors.RoleSettingInvalid(
                profile, "role ARN", $"'{arn.Split(':')[1]}' is not one of AWS's partitions ({string.Join(", ", Partition.Names)})");
        }
    }

    // What was given is not repeated where it may be confidential: an external ID is shared between two parties.
    private static void RequireWord(string profile, string what, string? value, int most, string more)
    {
        if (value is not null
            && (value.Length < 2 || value.Length > most || !value.All(c => IsWord(c) || more.Contains(c, StringComparison.Ordinal))))
        {
            throw MfaErrors.RoleSettingInvalid(
                profile, what, string.Create(
                    CultureInfo.InvariantCulture,
                    $"it is not 2 to {most} letters, digits and the characters {string.Join(' ', more.ToCharArray())}"));
        }
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c);

    private static void RequireTags(string profile, RoleOptions role)
    {
        if (role.Tags.Count > MostTags || role.TransitiveTagKeys.Count > MostTags)
        {
            throw MfaErrors.RoleSettingInvalid(profile, "session tags", $"AWS takes {MostTags} at most");
        }

        var keys = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in role.Tags)
        {
            if (!IsTagText(key, 1, 128) || key.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase))
            {
                throw MfaErrors.RoleSettingInvalid(
                    profile, $"session tag '{key}'", "a key has 1 to 128 letters, digits, blanks and the characters _ . : / = + - @, and "
                        + "does not begin with 'aws:'");
            }

            if (!IsTagText(value, 0, 256))
            {
                throw MfaErrors.RoleSettingInvalid(
                    profile, $"session tag '{key}'", "a value has 256 letters, digits, blanks and the characters _ . : / = + - @ at most");
            }

            if (!keys.Add(key))
            {
                throw MfaErrors.RoleSettingInvalid(
                    profile, $"session tag '{key}'", "the key is there twice, and AWS does not tell capital letters from small ones");
            }
        }
    }

    private static bool IsTagText(string text, int least, int most) =>
        text.Length >= least && text.Length <= most
        && text.All(
            c => char.IsLetter(c) || char.IsNumber(c) || char.IsSeparator(c) || char.IsSurrogate(c) || "_.:/=+-@".Contains(
                c, StringComparison.Ordinal));

    private static void RequirePolicies(string profile, RoleOptions role)
    {
        if (role.PolicyArns.Count > MostPolicies)
        {
            throw MfaErrors.RoleSettingInvalid(profile, "session policies", $"AWS takes {MostPolicies} managed policies at most");
        }

        if (role.PolicyArns.FirstOrDefault(arn => !IsPolicy(arn)) is { } arn)
        {
            throw MfaErrors.RoleSettingInvalid(profile, "session policy", $"'{arn}' is not the ARN of a managed policy");
        }

        if ((role.Policy?.Length ?? 0) + role.PolicyArns.Sum(one => one.Length) > MostPolicyCharacters)
        {
            throw MfaErrors.RoleSettingInvalid(
                profile,
                "session policy",
                $"AWS takes {MostPolicyCharacters} characters at most, the ARNs of managed policies counted with them");
        }

        if (role.Policy is not null && !IsObject(role.Policy))
        {
            throw MfaErrors.RoleSettingInvalid(
                profile,
                "session policy",
                "it is not a JSON object. Give the policy's text; a file's by -Policy (Get-Content -Raw policy.json)");
        }
    }

    private static bool IsPolicy(string arn) =>
        arn.Split(':', 6) is ["arn", _, "iam", "", _, var resource] && resource.StartsWith("policy/", StringComparison.Ordinal);

    private static bool IsObject(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void RequireOnePartition(RoleChain chain)
    {
        string? device = chain.Credential.SerialNumber ?? chain.Source.Setting("mfa_serial");
        var expected = Partition.OfArn(device ?? string.Empty) ?? Partition.OfArn(chain.Hops[0].Options.RoleArn);
        foreach (var hop in chain.Hops)
        {
            if (Partition.OfArn(hop.Options.RoleArn) is { } own && own != expected)
            {
                throw MfaErrors.RoleSettingInvalid(
                    hop.Profile, "role ARN", $"'{hop.Options.RoleArn}' is in partition '{own}', and the keys of profile "
                        + $"'{chain.Source.Name}' are in '{expected}'");
            }
        }
    }

    // It is sticky: a second role cannot set another one.
    private static void RequireOneSourceIdentity(RoleChain chain)
    {
        string? first = null;
        foreach (var hop in chain.Hops)
        {
            if (first is not null && hop.Options.SourceIdentity is { } other && other != first)
            {
                throw MfaErrors.RoleSettingInvalid(
                    hop.Profile, "source identity", $"'{other}' is another than '{first}', which an earlier role of the chain sets, and "
                        + "AWS lets none be changed");
            }

            first ??= hop.Options.SourceIdentity;
        }
    }

    private static void RequireTagsGoTogether(RoleChain chain)
    {
        var inherited = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var hop in chain.Hops)
        {
            foreach (var (key, value) in hop.Options.Tags)
            {
                if (inherited.TryGetValue(key, out string? earlier) && earlier != value)
                {
                    throw MfaErrors.RoleSettingInvalid(
                        hop.Profile, $"session tag '{key}'", "an earlier role of the chain sets it to another value, and passes it on");
                }
            }

            foreach (string key in hop.Options.TransitiveTagKeys)
            {
                string? value =
                    hop.Options.Tags.Where(tag => tag.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Select(tag => tag.Value)
                        .FirstOrDefault();
                inherited[key] = value ?? inherited.GetValueOrDefault(key)
                    ?? throw MfaErrors.RoleSettingInvalid(
                        hop.Profile, $"transitive tag key '{key}'", "it is not the key of one of the session tags");
            }
        }
    }
}
