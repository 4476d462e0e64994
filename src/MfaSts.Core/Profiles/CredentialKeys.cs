using System.Diagnostics.CodeAnalysis;
using MfaSts.Files;

namespace MfaSts.Profiles;

/// <summary>The keys of the shared credentials file, and what a section with them is.</summary>
internal static class CredentialKeys
{
    public const string AccessKeyId = "aws_access_key_id";
    public const string SecretAccessKey = "aws_secret_access_key";
    public const string SessionToken = "aws_session_token";

    /// <summary>The old name of the session token. botocore reads it before the new one, so a stale one must never stay behind.</summary>
    public const string SecurityToken = "aws_security_token";

    /// <summary>When the session ends. No SDK reads it; aws-mfa and awsume write it too.</summary>
    public const string Expiration = "expiration";

    /// <summary>Who wrote the session. awsume leaves sections alone that name another manager.</summary>
    public const string Manager = "manager";

    /// <summary>Whether a session is a role's, True or False. Only aws-mfa writes it, so it tells aws-mfa's sessions from others.</summary>
    public const string AssumedRole = "assumed_role";

    /// <summary>The profile whose session a section holds, where the section's name does not tell it.</summary>
    public const string SessionOwner = "mfasts_profile";

    /// <summary>
    /// The access key ID and the <c>expiration</c> that MfaSts wrote together, in a section that a tool without any expiry may write to as
    /// well: when only the ID is another by now, the expiry is not that session's.
    /// </summary>
    public const string ExpirationMark = "mfasts_key";

    /// <summary>What a role's session is known by, in a section that MfaSts wrote: all that changes STS's answer, hashed.</summary>
    public const string RoleKey = "mfasts_role";

    /// <summary>The profile whose long-term keys lead to a role's session.</summary>
    public const string RoleSource = "mfasts_source";

    /// <summary>
    /// <see cref="DirectRoute"/> when a role was taken with the long-term keys and a code, so that there is no MFA in its context.
    /// </summary>
    public const string RoleRoute = "mfasts_route";

    /// <summary>The value of <see cref="RoleRoute"/>.</summary>
    public const string DirectRoute = "direct";

    /// <summary>The role's ARN (aws-mfa's key).</summary>
    public const string AssumedRoleArn = "assumed_role_arn";

    /// <summary>The STS endpoint that a session came from, when it is not AWS's own: an emulator's session is none of AWS's.</summary>
    public const string Endpoint = "mfasts_endpoint";

    /// <summary>When a session ends, in stscreds' own file and beside the long-term keys.</summary>
    public const string StscredsExpiration = "temp_credentials_expire";

    /// <summary>The MFA device of long-term keys (aws-mfa's key). Unlike mfa_serial it does not disturb any SDK.</summary>
    public const string MfaDevice = "aws_mfa_device";

    /// <summary>Where the secret of the long-term keys is kept when it is not in the file.</summary>
    public const string Store = "mfasts_store";

    /// <summary>The command that prints long-term keys, in config.</summary>
    public const string KeyProcess = "key_process";

    /// <summary>The value of <see cref="Manager"/> in what MfaSts writes.</summary>
    public const string ManagerName = "mfasts";

    /// <summary>Access key IDs of sessions begin so (IAM user guide, "Unique identifiers").</summary>
    public const string TemporaryKeyPrefix = "ASIA";

    /// <summary>
    /// When the session ends, as other tools write it: saml2aws, gsts, aws-azure-login, and what is met of the kind in others.
    /// </summary>
    public static readonly string[] ForeignExpirations =
        ["x_security_token_expires", "aws_session_expiration", "aws_expiration", "aws_session_expires", "aws_session_token_expiration",
            "aws_credential_expiration"];

    /// <summary>Access key IDs of IAM users begin so.</summary>
    private const string LongTermKeyPrefix = "AKIA";

    /// <summary>The session token; the old key counts first, as it does for botocore.</summary>
    public static string? Token(IniSection section) => NotEmpty(section, SecurityToken) ?? NotEmpty(section, SessionToken);

    /// <summary>The section holds long-term keys: a key pair, no token, no expiry, and not the key ID of a session.</summary>
    public static bool IsLongTerm([NotNullWhen(true)] IniSection? section) =>
        section is not null && HasPair(section) && Token(section) is null && NotEmpty(section, Expiration) is null
        && !HasTemporaryKey(section);

    /// <summary>The key ID is one of a session.</summary>
    public static bool HasTemporaryKey(IniSection section) => section[AccessKeyId] is { } id && IsTemporaryId(id);

    /// <summary>An access key ID of a session.</summary>
    public static bool IsTemporaryId(string accessKeyId) => accessKeyId.StartsWith(TemporaryKeyPrefix, StringComparison.Ordinal);

    /// <summary>
    /// The section has a key that must not be written over: long-term keys, or an ID that only those have, with a token left behind by an
    /// older session beside it.
    /// </summary>
    public static bool MustKeep(IniSection section) =>
        IsLongTerm(section)
            || (section[AccessKeyId]?.StartsWith(LongTermKeyPrefix, StringComparison.Ordinal) == true && !IsMarked(section));

    /// <summary>Long-term keys with what an older session left beside them, as <c>aws configure</c> leaves it.</summary>
    public static bool IsLongTermWithLeftovers(IniSection section) => HasPair(section) && MustKeep(section) && !IsLongTerm(section);

    /// <summary>MfaSts wrote this very session, whatever its ID looks like: emulators of STS answer IDs that begin with AKIA.</summary>
    private static bool IsMarked(IniSection section) =>
        section[Manager] == ManagerName && IsSession(section)
        && NotEmpty(section, ExpirationMark) is { } mark && mark.StartsWith(section[AccessKeyId] + " ", StringComparison.Ordinal);

    /// <summary>The section holds a session: a key pair and a token.</summary>
    public static bool IsSession(IniSection section) => HasPair(section) && Token(section) is not null;

    /// <summary>The section's key pair is complete.</summary>
    public static bool HasPair(IniSection section) =>
        NotEmpty(section, AccessKeyId) is not null && NotEmpty(section, SecretAccessKey) is not null;

    /// <summary>The section has the ID of long-term keys whose secret is in another store.</summary>
    public static bool IsKeptElsewhere(IniSection section) =>
        NotEmpty(section, AccessKeyId) is not null && NotEmpty(section, SecretAccessKey) is null && NotEmpty(section, Store) is not null;

    /// <summary>A key's value, or null when it is absent or empty.</summary>
    public static string? NotEmpty(IniSection section, string key) => section[key] is { Length: > 0 } value ? value : null;
}
