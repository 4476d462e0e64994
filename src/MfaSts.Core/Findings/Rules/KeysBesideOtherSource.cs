using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Sessions;

namespace MfaSts.Findings.Rules;

/// <summary>
/// Keys in the profile's own section of the credentials file, dead or alive, beside another source of its credentials. AWS tools that take
/// the keys first never get to the other source, and none looks at when a session expires (botocore's <c>ProfileProviderBuilder</c>; the
/// SDK for .NET finds nothing beside a process or a role).
/// </summary>
internal sealed class KeysBesideOtherSource : IFindingRule
{
    public IEnumerable<MfaProfileFinding> Find(Examination examination)
    {
        foreach (var profile in examination.Profiles)
        {
            // A role beside long-term keys is a source of itself, which botocore, JavaScript and Go read.
            if (profile.OtherSource is { } source && examination.Credentials.Find(profile.Name) is { } section
                && section.FindKey(CredentialKeys.AccessKeyId) is { Value.Length: > 0 }
                && (!profile.HasLongTermKeys || source == "credential_process"))
            {
                yield return Of(examination, profile, section, source);
            }
        }
    }

    private static MfaProfileFinding Of(Examination examination, MfaProfile profile, IniSection section, string source)
    {
        var session = examination.Sections.In(profile.Name);
        string what = session is null
            ? profile.HasLongTermKeys ? "long-term keys" : "a part of an access key"
            : session.Expiration <= examination.Clock.GetUtcNow() ? "an expired session" : "a session";
        string name = PowerShellText.Quote(profile.Name);
        return new MfaProfileFinding(
            MfaFindingId.KeysBesideOtherSource,
            profile.Name,
            Examination.PlaceOf(examination.Files.Credentials, section, CredentialKeys.AccessKeyId),
            new FindingWords(
                $"[{section.Name}] holds {what}, and profile '{profile.Name}' has {source}.",
                $"AWS tools that take the keys first do not get to {source}; others find nothing.",
                session is not null ? $"Remove the session with: Remove-MfaSession -Profile {name}"
                    : profile.HasLongTermKeys ? $"Move the keys with: Import-MfaLongTermCredential -Profile {name}"
                    : "Remove those lines."),
            Repair(examination, profile, session));
    }

    // A session of another tool that still lives is that tool's, and the user's to give up.
    private static FindingRepair? Repair(Examination examination, MfaProfile profile, StoredSession? session)
    {
        if (profile.HasLongTermKeys)
        {
            return new KeyMove(examination, profile.Name).Repair();
        }

        if (session is { IsOurs: true, RoleKey: null })
        {
            string to = profile.Name + ProfileName.SessionSuffix;
            return new FindingRepair(
                $"Move the session from [{profile.Name}] to [{to}]",
                token => examination.Files.Credentials.Update(
                    document => SessionStore.Move(document, profile.Name, to, profile.Region), token));
        }

        return session?.Expiration <= examination.Clock.GetUtcNow()
            ? new FindingRepair(
                $"Remove the expired session from [{profile.Name}]",
                token => examination.Files.Credentials.Update(
                    document => document.Find(profile.Name)?[CredentialKeys.AccessKeyId] == session!.AccessKeyId
                        ? SessionStore.RemoveForeign(document, profile.Name)
                        : document,
                    token))
            : null;
    }
}
