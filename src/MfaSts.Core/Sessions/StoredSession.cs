using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.Sessions;

/// <summary>A section of the credentials file that holds a session.</summary>
internal sealed class StoredSession
{
    private readonly IniSection _section;
    private readonly Func<string, string?> _expirationElsewhere;

    private StoredSession(IniSection section, Func<string, string?> expirationElsewhere)
    {
        _section = section;
        _expirationElsewhere = expirationElsewhere;
    }

    public string Section => _section.Name;

    public string AccessKeyId => _section[CredentialKeys.AccessKeyId]!;

    public string SecretAccessKey => _section[CredentialKeys.SecretAccessKey]!;

    public string SessionToken => CredentialKeys.Token(_section)!;

    public string? Manager => CredentialKeys.NotEmpty(_section, CredentialKeys.Manager);

    /// <summary>The role, as aws-mfa records it.</summary>
    public string? AssumedRoleArn => CredentialKeys.NotEmpty(_section, CredentialKeys.AssumedRoleArn);

    /// <summary>It is a role's, as MfaSts or aws-mfa records it.</summary>
    public bool IsOfRole => RoleKey is not null || Says("True");

    /// <summary>
    /// What MfaSts knows a role's session by; null for a user's own, also where aws-mfa has put one over a role's and left our keys beside
    /// it.
    /// </summary>
    public string? RoleKey => IsOurs && !Says("False") ? CredentialKeys.NotEmpty(_section, CredentialKeys.RoleKey) : null;

    /// <summary>The profile whose long-term keys lead to the role.</summary>
    public string? RoleSource => IsOurs ? CredentialKeys.NotEmpty(_section, CredentialKeys.RoleSource) : null;

    /// <summary>The role was taken with long-term keys.</summary>
    public bool IsDirect => CredentialKeys.NotEmpty(_section, CredentialKeys.RoleRoute) == CredentialKeys.DirectRoute;

    /// <summary>The STS endpoint that MfaSts got it from, when it is not AWS's own.</summary>
    public string? Endpoint => IsOurs ? CredentialKeys.NotEmpty(_section, CredentialKeys.Endpoint) : null;

    /// <summary>When it ends. Other tools have keys of their own for it, and stscreds a file.</summary>
    public DateTimeOffset? Expiration => HasExpirationOfAnother
        ? ForeignExpiration(manager: null) ?? ExpirationText.Parse(_expirationElsewhere(Section), manager: null)
        : ExpirationText.Parse(_section[CredentialKeys.Expiration], Manager)
            ?? ForeignExpiration(Manager)
            ?? (Manager is null && CredentialKeys.NotEmpty(_section, CredentialKeys.Expiration) is null
                ? ExpirationText.Parse(_expirationElsewhere(Section), Manager)
                : null);

    /// <summary>MfaSts wrote it.</summary>
    public bool IsOurs => Manager == CredentialKeys.ManagerName;

    /// <summary>The profile that MfaSts got it for, where that is not the section's name.</summary>
    public string? Owner => IsOurs ? CredentialKeys.NotEmpty(_section, CredentialKeys.SessionOwner) : null;

    private bool Says(string assumed) =>
        string.Equals(CredentialKeys.NotEmpty(_section, CredentialKeys.AssumedRole), assumed, StringComparison.OrdinalIgnoreCase);

    // A loop: this is read for each session of the file.
    private DateTimeOffset? ForeignExpiration(string? manager)
    {
        foreach (string key in CredentialKeys.ForeignExpirations)
        {
            if (ExpirationText.Parse(_section[key], manager) is { } time)
            {
                return time;
            }
        }

        return null;
    }

    // The AWS CLI, aws-mfa-sts, stscreds and AWS-recipes put their keys over ours and leave our expiry beside them.
    private bool HasExpirationOfAnother =>
        CredentialKeys.NotEmpty(_section, CredentialKeys.ExpirationMark)?.Split(' ', 2) is [var id, var expiration]
        && expiration == _section[CredentialKeys.Expiration] && id != AccessKeyId;

    /// <summary>
    /// The session in a section, or null when it holds none: also when a long-term key was put over an older session's keys and its token
    /// is still there.
    /// </summary>
    /// <param name="section">The section.</param>
    /// <param name="expirationElsewhere">Gives when the session of a section ends, if another file says so.</param>
    public static StoredSession? In(IniSection? section, Func<string, string?> expirationElsewhere) =>
        section is not null && CredentialKeys.IsSession(section) && !CredentialKeys.MustKeep(section)
            ? new StoredSession(section, expirationElsewhere)
            : null;
}
