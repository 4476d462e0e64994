using MfaSts.Errors;
using MfaSts.Profiles;

namespace MfaSts.Credentials;

/// <summary>The form of a long-term access key, checked before it is stored. AWS promises 16 to 128 word characters for the ID, and nothing for the secret.</summary>
public static class AccessKey
{
    /// <summary>Checks both halves. The words of the error never contain the secret.</summary>
    /// <exception cref="MfaException">AccessKeyMalformed.</exception>
    public static void Require(string profile, string accessKeyId, string secretAccessKey)
    {
        RequireId(profile, accessKeyId);
        if (secretAccessKey.Length < 16 || secretAccessKey.Any(c => c is <= ' ' or > '~' or '#' or ';'))
        {
            throw MfaErrors.AccessKeyMalformed(profile, "the secret access key has a length or a character that AWS does not use");
        }
    }

    /// <summary>Checks the ID.</summary>
    /// <exception cref="MfaException">AccessKeyMalformed.</exception>
    public static void RequireId(string profile, string accessKeyId)
    {
        if (accessKeyId.Length is < 16 or > 128 || !accessKeyId.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            throw MfaErrors.AccessKeyMalformed(profile, "the access key ID is not 16 to 128 letters and digits");
        }

        if (accessKeyId.StartsWith(CredentialKeys.TemporaryKeyPrefix, StringComparison.Ordinal))
        {
            throw MfaErrors.AccessKeyMalformed(profile, "an ID that begins with ASIA belongs to a temporary key, not to a long-term one");
        }
    }
}
