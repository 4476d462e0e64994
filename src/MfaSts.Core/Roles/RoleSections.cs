using MfaSts.Errors;
using MfaSts.Profiles;
using MfaSts.Sessions;

namespace MfaSts.Roles;

/// <summary>The section of the credentials file in which a role's session is kept, or none.</summary>
/// <param name="profile">The profile that was named.</param>
/// <param name="chain">The way to the role.</param>
/// <param name="chosen">The section that the user named, or null.</param>
internal sealed class RoleSections(MfaProfile profile, RoleChain chain, string? chosen)
{
    private readonly SessionSections _sections = new(profile.Documents);

    // What role profiles and aws-mfa's have; a role that no profile names has none unless the user names one.
    private string? Usual => chain.IsAdHoc ? null : chain.IsOfAwsMfa ? profile.Name : profile.Name + ProfileName.SessionSuffix;

    /// <summary>The stored session with a key, usable or not; or null.</summary>
    public StoredSession? Find(string key, DateTimeOffset now)
    {
        var first = (chosen ?? Usual) is { } section ? _sections.In(section) : null;
        if (IsIt(first, key))
        {
            return first;
        }

        // Where the user had put it before.
        return chosen is null && !chain.IsAdHoc
            ? _sections.All.LastOrDefault(session => session.Owner == profile.Name && IsIt(session, key))
            : null;
    }

    /// <summary>The section for a new session, checked before anybody is asked; null when it is not to be stored.</summary>
    /// <exception cref="MfaException">ProfileUnsuitable, ProfileNameInvalid.</exception>
    public string? RequireWritable(string path)
    {
        if ((chosen ?? Elsewhere() ?? Usual) is not { } section)
        {
            return null;
        }

        RequirePlace(section, path);
        RequireName(section);
        return section;
    }

    /// <summary>What stands in the section is another program's; null when it is not.</summary>
    public static MfaException? Foreign(string profile, Files.IniSection? section, string path) =>
        section is not null && section[CredentialKeys.AccessKeyId] is { Length: > 0 }
            && CredentialKeys.NotEmpty(section, CredentialKeys.Manager) != CredentialKeys.ManagerName
            ? MfaErrors.RoleSectionForeign(profile, section.Name, section.Header.Number, path)
            : null;

    private string? Elsewhere() => chain.IsAdHoc || chain.IsOfAwsMfa || _sections.In(Usual!)?.RoleKey is not null
        ? null
        : _sections.All.LastOrDefault(session => session.Owner == profile.Name && session.RoleKey is not null)?.Section;

    // aws-mfa's own role session is as good: it writes no more than the role's ARN.
    private bool IsIt(StoredSession? session, string key) => session?.Expiration is not null
        && session.AssumedRoleArn == chain.Role.Options.RoleArn
        && (session.RoleKey == key || (chain.IsOfAwsMfa && session is { IsOurs: false, IsOfRole: true }));

    private void RequireName(string section)
    {
        if (profile.Documents.Credentials.Find(section) is null)
        {
            _ = section == Usual ? ProfileName.RequireCharacters(profile.Name) : ProfileName.RequireCreatable(section);
        }
    }

    private void RequirePlace(string section, string path)
    {
        if (section == profile.Name && chain.IsOfAwsMfa)
        {
            return;
        }

        if (OwnerByConfig(section) is { } owner && (owner != profile.Name || chain.IsAdHoc))
        {
            throw MfaErrors.SectionOfRoleProfile(profile.Name, section, owner);
        }

        if (_sections.HasLongTermKeys(section))
        {
            throw MfaErrors.SessionSectionOfAnother(profile.Name, section, path);
        }

        if (profile.Of(section).SessionNeedsOwnSection)
        {
            throw MfaErrors.SessionSectionTaken(profile.Name, section, path);
        }

        if (Foreign(profile.Name, profile.Documents.Credentials.Find(section), path) is { } foreign)
        {
            throw foreign;
        }
    }

    // The profile of a role to which a section belongs by its name, or null.
    private string? OwnerByConfig(string section)
    {
        string name = ProfileName.OfSessionSection(section) ?? section;
        return profile.Of(name).Setting("role_arn") is null ? null : name;
    }
}
