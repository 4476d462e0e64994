using System.Globalization;
using System.Text;
using MfaSts.Errors;
using MfaSts.Profiles;

namespace MfaSts.Credentials;

/// <summary>
/// The form of a long-term access key, checked before it is stored, and before one that is stored is sent: AWS answers a malformed one as
/// it answers an inactive one. AWS promises 16 to 128 word characters for the ID (IAM API reference, AccessKey), and nothing for the
/// secret; but a request's signature needs ASCII.
/// </summary>
public static class AccessKey
{
    private const int ShortestId = 16;
    private const int LongestId = 128;
    private const int ShortestSecret = 16;

    /// <summary>Checks both halves. The words of the error never contain the secret.</summary>
    /// <exception cref="MfaException">AccessKeyMalformed.</exception>
    public static void Require(string profile, string accessKeyId, string secretAccessKey)
    {
        RequireId(profile, accessKeyId);
        string? why = WhyNoSecret(secretAccessKey);
        if (why is not null || secretAccessKey.Length < ShortestSecret)
        {
            throw MfaErrors.AccessKeyMalformed(profile, "the secret access key " + (why ?? $"has less than {ShortestSecret} characters"));
        }
    }

    /// <summary>Checks the ID.</summary>
    /// <exception cref="MfaException">AccessKeyMalformed.</exception>
    public static void RequireId(string profile, string accessKeyId)
    {
        if ((WhyNoId(accessKeyId) ?? WhyNoLength(accessKeyId)) is { } why)
        {
            throw MfaErrors.AccessKeyMalformed(profile, "the access key ID " + why);
        }

        if (CredentialKeys.IsTemporaryId(accessKeyId))
        {
            throw MfaErrors.AccessKeyMalformed(profile, "an ID that begins with ASIA belongs to a temporary key, not to a long-term one");
        }
    }

    /// <summary>An ID that AWS would take, of long-term keys or of others.</summary>
    internal static bool IsId(string text) => (WhyNoId(text) ?? WhyNoLength(text)) is null;

    /// <summary>A secret that AWS would take.</summary>
    internal static bool IsSecret(string text) => text.Length >= ShortestSecret && WhyNoSecret(text) is null;

    /// <summary>Checks keys that somebody has written into a file, where they stand in it.</summary>
    /// <param name="credential">The keys.</param>
    /// <param name="lineOf">The line of a key of their section, or null when it cannot be told.</param>
    /// <param name="isOfAws">They are to be sent to AWS itself. Emulators take IDs of any length, such as <c>test</c>.</param>
    /// <exception cref="MfaException">AccessKeyMalformed, with file, section, line and character.</exception>
    internal static void RequireStored(LongTermCredential credential, Func<string, int?> lineOf, bool isOfAws)
    {
        if (WhyNotStored(credential, isOfAws) is ({ } key, { } why))
        {
            throw MfaErrors.StoredAccessKeyMalformed(credential, lineOf(key), key, why);
        }
    }

    /// <summary>Which half of keys in a file AWS would not take, and why, as the end of a sentence; null when it would take both.</summary>
    internal static (string Key, string Why)? WhyNotStored(LongTermCredential credential, bool isOfAws)
    {
        if (credential.Command is not null)
        {
            // Nothing of it stands in a file.
            return null;
        }

        string? why = WhyNoId(credential.AccessKeyId) ?? (isOfAws ? WhyNoLength(credential.AccessKeyId) : null);
        string key = why is null ? CredentialKeys.SecretAccessKey : CredentialKeys.AccessKeyId;
        why ??= credential.SecretAccessKey is { } secret ? WhyNoSecret(secret) : null;
        return why is null ? null : (key, why);
    }

    private static string? WhyNoLength(string id) => id.Length is < ShortestId or > LongestId
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"has {id.Length} characters, and one of AWS's has {ShortestId} to {LongestId} letters and digits")
        : null;

    private static string? WhyNoId(string id) =>
        WhyNot(id, rune => rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value == '_'));

    // Quotes are none of a secret's characters, but only around all of it is it certain that they are meant as quotes.
    private static string? WhyNoSecret(string secret) => secret is ['"', .., '"'] or ['\'', .., '\'']
        ? "stands in quotes, which every AWS tool takes for a part of it"
        : WhyNot(secret, rune => rune.Value is > ' ' and <= '~' and not '#' and not ';');

    private static string? WhyNot(string text, Func<Rune, bool> isAllowed)
    {
        int place = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            place++;
            if (!isAllowed(rune))
            {
                return string.Create(CultureInfo.InvariantCulture, $"has {Name(rune)} as character {place}, which cannot be in one");
            }
        }

        return null;
    }

    private static string Name(Rune rune)
    {
        string code = string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");
        return rune.Value switch
        {
            ' ' => $"a blank ({code})",
            '"' or '\'' => $"a quote ({code})",
            '#' or ';' => $"the sign '{rune}' ({code})",
            0xFEFF => $"a byte order mark ({code})",
            _ => code,
        };
    }
}
