using MfaSts.Profiles;

namespace MfaSts.Findings;

/// <summary>
/// Whether an AWS tool that is given a profile's name gets an MFA session which MfaSts keeps there, now or after the next code; and not
/// long-term keys, for which a code in the tool itself may be just what the user wants.
/// </summary>
/// <param name="examination">The files.</param>
internal sealed class ServedSession(Examination examination)
{
    // As many roles in a row as anybody has; a loop is another's fault to tell.
    private const int MostHops = 8;

    /// <summary>The profile at the end of a role's sources whose session serves it, or null when none does.</summary>
    public MfaProfile? SourceOf(MfaProfile role)
    {
        var current = role;
        for (int hop = 0; hop < MostHops && current.Setting("role_arn") is not null; hop++)
        {
            if (current.Source() is not { } source)
            {
                return null;
            }

            current = source;
        }

        return current.Setting("role_arn") is null && Owner(current) is { } owner ? current.Of(owner) : null;
    }

    /// <summary>The profile's own section holds a session, or is where the next one goes.</summary>
    public bool IsIn(MfaProfile profile) =>
        !profile.SessionNeedsOwnSection && !HasKeysInConfig(profile)
            && (examination.Sections.In(profile.Name) is not null || HasKeysElsewhere(profile.Name));

    // The profile whose long-term keys lead to the session that AWS tools find under this name.
    private string? Owner(MfaProfile named)
    {
        if (named.HasLongTermKeys || HasKeysInConfig(named))
        {
            return null;
        }

        if (named.Setting("credential_process") is { } process)
        {
            return CredentialProcessCommand.IsOurs(process) ? named.Name : null;
        }

        if (examination.Sections.In(named.Name) is { IsOurs: true } session)
        {
            return examination.Sections.ProfileOf(session);
        }

        return HasKeysElsewhere(named.Name) ? named.Name
            : ProfileName.OfSessionSection(named.Name) is { } profile && HasKeysElsewhere(profile) ? profile
            : null;
    }

    private bool HasKeysElsewhere(string profile) =>
        examination.LongTerm.FindAll(examination.Documents, profile).Count > 0
        || MfaProfile.Of(profile, examination.Documents).KeyProcess is not null;

    private static bool HasKeysInConfig(MfaProfile profile) =>
        CredentialKeys.IsLongTerm(profile.Documents.Config.FindProfile(profile.Name));
}
