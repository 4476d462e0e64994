using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.Findings.Rules;

/// <summary>In config a profile's section is <c>[profile name]</c>. No AWS tool reads <c>[name]</c> there.</summary>
internal sealed class SectionIsNoProfile : IFindingRule
{
    // What makes a section that no other file knows a profile.
    private static readonly string[] SettingsOfProfile =
        ["region", "output", "role_arn", "source_profile", "mfa_serial", "mfa_process", "credential_process", "sso_session",
            "sso_start_url", CredentialKeys.AccessKeyId];

    public IEnumerable<MfaProfileFinding> Find(Examination examination)
    {
        HashSet<string> known = [.. examination.Names];
        foreach (var section in examination.Config.Sections)
        {
            if (SectionNameRemarks.MeantBy(section.Name) is { } profile && examination.Concerns(profile)
                && (known.Contains(profile) || Array.Exists(SettingsOfProfile, key => section.FindKey(key) is not null)))
            {
                yield return Of(examination, section, profile);
            }
        }
    }

    private static MfaProfileFinding Of(Examination examination, IniSection section, string profile)
    {
        bool isFree = examination.Documents.Config.FindProfile(profile) is null && IsPlain(profile);
        var remark = SectionNameRemarks.NoProfile(section, profile);
        var repair = !isFree ? null : new FindingRepair(
            $"Name the section [profile {profile}] instead of [{section.Name}]",
            token => examination.Files.Config.Update(
                document => new ConfigFile(document).FindProfile(profile) is null
                    ? document.Rename(section.Name, "profile " + profile)
                    : document,
                token));
        return new MfaProfileFinding(
            MfaFindingId.SectionIsNoProfile,
            profile,
            FindingPlace.In(examination.Files.Config, section.Header.Number),
            new FindingWords(
                FileReadDifferently.Sentence(remark.What),
                FileReadDifferently.Sentence(remark.Affects),
                FileReadDifferently.Sentence(isFree ? remark.Remedy : $"[profile {profile}] is there as well; {remark.Remedy}")),
            repair);
    }

    private static bool IsPlain(string profile)
    {
        try
        {
            return ProfileName.RequireCharacters(profile).Length > 0;
        }
        catch (MfaException)
        {
            return false;
        }
    }
}
