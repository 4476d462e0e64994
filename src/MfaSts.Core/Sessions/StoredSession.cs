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

    /// <summary>The profile that the session belongs to.</summary>
    public string Profile => Manager == CredentialKeys.ManagerName && Section.EndsWith(ProfileName.SessionSuffix, StringComparison.Ordinal)
        ? Section[..^ProfileName.SessionSuffix.Length]
        : Section;

    /// <summary>The session in a section, or null when it holds none.</summary>
    public static StoredSession? In(IniSection? section) =>
        section is not null && CredentialKeys.IsSession(section) ? new StoredSession(section) : null;
}
