using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Sessions;

namespace MfaSts.Roles;

/// <summary>
/// Reads the way from a role to its long-term keys: AWS's role profiles, aws-mfa's <c>assume_role</c>, and a role that the caller gives.
/// </summary>
/// <param name="files">The AWS files.</param>
/// <param name="variables">The environment.</param>
internal sealed class RoleReader(AwsFiles files, EnvironmentVariables variables)
{
    private const string RoleArnKey = "role_arn";
    private const string SourceKey = "source_profile";

    private readonly LongTermCredentialStore _longTerm = new(files);

    /// <summary>The way to the role that is wanted, or null when no role is.</summary>
    /// <exception cref="MfaException">RoleSourceInvalid; RoleSettingInvalid where a setting cannot be read at all.</exception>
    public RoleChain? Find(SessionRequest request, MfaProfile profile)
    {
        if (request.IsOfUser
            || (request.Role is null && profile.Setting(RoleArnKey) is null && AwsMfaRole(profile, !request.IsSource) is null))
        {
            return null;
        }

        var hops = new List<RoleHop>();
        if (request.Role is { } given)
        {
            hops.Add(new RoleHop(profile.Name, given, duration: null));
        }

        var source = Climb(request.Role is null ? profile : Meant(profile, profile.Name), hops);
        bool isOfAwsMfa = false;
        if (AwsMfaRole(source, !request.IsSource && source.Name == profile.Name) is { } role && (request.Role is null || hops.Count > 1))
        {
            isOfAwsMfa = hops.Count == 0;
            hops.Add(new RoleHop(source.Name, new RoleOptions
            {
                RoleArn = role,
                RoleSessionName = source.Setting("role_session_name"),
            }, duration: null));
        }

        hops.Reverse();
        return new RoleChain
        {
            Source = source,
            Credential = KeysOf(source, profile.Name),
            Hops = hops,
            IsAdHoc = request.Role is not null,
            IsOfAwsMfa = isOfAwsMfa,
        };
    }

    /// <summary>The section for the user's own session, when a role of aws-mfa's takes the usual one; else null.</summary>
    public string? SectionBesideRole(MfaProfile source, bool takesVariable) =>
        AwsMfaRole(source, takesVariable) is null ? null : source.Name + ProfileName.SessionSuffix;

    // From the role that is wanted down to the profile that is none.
    private MfaProfile Climb(MfaProfile profile, List<RoleHop> hops)
    {
        var seen = new List<string>();
        var current = profile;
        while (current.Setting(RoleArnKey) is { } arn)
        {
            if (seen.Contains(current.Name))
            {
                throw MfaErrors.RoleSourceLoop(profile.Name, string.Join(" -> ", seen.Append(current.Name)), files.Config.Path);
            }

            seen.Add(current.Name);
            hops.Add(HopOf(current, arn));
            current = SourceOf(current);
        }

        return current;
    }

    private static RoleHop HopOf(MfaProfile profile, string arn) => new(
        profile.Name,
        new RoleOptions
        {
            RoleArn = arn,
            ExternalId = profile.Setting("external_id"),
            RoleSessionName = profile.Setting("role_session_name"),
            SourceIdentity = profile.Setting("source_identity"),
            Tags = RoleTags.Parse(profile.Name, profile.Setting("session_tags")),
            TransitiveTagKeys = RoleTags.ParseKeys(profile.Setting("transitive_session_tags")),
        },
        profile.Duration());

    private MfaProfile SourceOf(MfaProfile role)
    {
        if (ForeignSource.Of(role) is { } foreign)
        {
            throw foreign.Refuse(role.Name, role.Name, files.Config.Path);
        }

        if (role.Setting(SourceKey) is not { } name || name == role.Name)
        {
            throw _longTerm.Find(role) is not null ? MfaErrors.RoleSourceIsItself(role.Name, files.Config.Path)
                : role.Setting(SourceKey) is null ? MfaErrors.RoleSourceMissing(role.Name, files.Config.Path)
                : MfaErrors.RoleSourceLoop(role.Name, $"{role.Name} -> {role.Name}", files.Config.Path);
        }

        return Meant(role, name);
    }

    // A section in which a session of ours is kept, or was, stands for the session's profile.
    private MfaProfile Meant(MfaProfile other, string name)
    {
        var named = other.Of(name);
        return named.HasConfig || _longTerm.Find(other.Of(name)) is not null ? named : other.Of(OwnerOf(other.Documents, name));
    }

    private string OwnerOf(AwsDocuments documents, string section)
    {
        string owner = new SessionSections(documents).ProfileOf(section);
        return owner == section && ProfileName.OfSessionSection(section) is { } profile
            && _longTerm.Find(MfaProfile.Of(profile, documents)) is not null ? profile : owner;
    }

    private LongTermCredential KeysOf(MfaProfile source, string profile)
    {
        if (_longTerm.Find(source) is { } credential)
        {
            return credential;
        }

        throw source.Name == profile ? _longTerm.NotFound(profile)
            : ForeignSource.Of(source)?.Refuse(profile, source.Name, files.Config.Path)
                ?? MfaErrors.RoleSourceWithoutKeys(profile, source.Name, files.Credentials.Path, NearestProfile.Of(source.Name, files));
    }

    // aws-mfa goes by the section of the long-term keys; the variable is for the profile that is named, and for no other.
    private string? AwsMfaRole(MfaProfile profile, bool takesVariable)
    {
        if (takesVariable && profile.Setting(RoleArnKey) is null && variables["MFA_ASSUME_ROLE"] is { } role)
        {
            return role;
        }

        foreach (var layout in LongTermLayout.All)
        {
            foreach (var section in layout.SectionsOf(profile.Documents, profile.Name))
            {
                if (layout.Accepts(section))
                {
                    return CredentialKeys.NotEmpty(section, "assume_role");
                }
            }
        }

        return null;
    }
}
