using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.Sessions;

/// <summary>A section of the credentials file that holds a session, with its expiry read.</summary>
internal sealed class StoredSession
{
    private readonly IniSection _section;

    private StoredSession(IniSection section) => _section = section;

    public string Section => _section.Name;

    public string AccessKeyId => _section[CredentialKeys.AccessKeyId]!;

    public string SecretAccessKey => _section[CredentialKeys.SecretAccessKey]!;

    public string SessionToken => CredentialKeys.Token(_section)!;

    public string? Manager => CredentialKeys.NotEmpty(_section, CredentialKeys.Manager);

    /// <summary>The role, as aws-mfa records it.</summary>
    public string? AssumedRoleArn => CredentialKeys.NotEmpty(_section, "assumed_role_arn");

    /// <summary>When it ends. saml2aws has a key of its own for it.</summary>
    public DateTimeOffset? Expiration =>
        ExpirationText.Parse(_section[CredentialKeys.Expiration], Manager) ?? ExpirationText.Parse(_section["x_security_token_expires"], Manager);

    /// <summary>MfaSts wrote it.</summary>
    public bool IsOurs => Manager == CredentialKeys.ManagerName;

    /// <summary>
    /// The session in a section, or null when it holds none: also when a long-term key was put over an older session's keys and its token is still there.
    /// </summary>
    public static StoredSession? In(IniSection? section) =>
        section is not null && CredentialKeys.IsSession(section) && !CredentialKeys.MustKeep(section) ? new StoredSession(section) : null;

    /// <summary>The profile that the session belongs to: of <c>[p-sts]</c> it is <c>p</c>, unless a profile of that very name has long-term keys.</summary>
    public string ProfileIn(IniDocument document)
    {
        bool isOfOther = IsOurs && ProfileName.ReservedSuffix(Section) == ProfileName.SessionSuffix
            && document.Find(Section + ProfileName.LongTermSuffix) is null && document.Find(Section + ProfileName.NoMfaSuffix) is null;
        return isOfOther ? Section[..^ProfileName.SessionSuffix.Length] : Section;
    }
}
