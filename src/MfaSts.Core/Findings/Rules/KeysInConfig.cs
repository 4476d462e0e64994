using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.Findings.Rules;

/// <summary>
/// Keys in the config file work, but it is the file that people share and keep in version control, and the keys in the credentials file go
/// before them (AWS CLI user guide, "Configuration settings").
/// </summary>
internal sealed class KeysInConfig : IFindingRule
{
    public IEnumerable<MfaProfileFinding> Find(Examination examination)
    {
        foreach (var profile in examination.Profiles)
        {
            if (examination.Documents.Config.FindProfile(profile.Name) is { } section
                && (section.FindKey(CredentialKeys.SecretAccessKey) ?? section.FindKey(CredentialKeys.AccessKeyId)) is { } key)
            {
                yield return Of(examination, profile.Name, section, key);
            }
        }
    }

    private static MfaProfileFinding Of(Examination examination, string profile, IniSection section, IniKey key)
    {
        bool isLongTerm = CredentialKeys.IsLongTerm(section);
        return new MfaProfileFinding(
            MfaFindingId.KeysInConfig,
            profile,
            FindingPlace.In(examination.Files.Config, key.Line.Number),
            new FindingWords(
                $"[{section.Name}] has an access key.",
                "Every AWS tool reads it, but a session of the profile hides it, and the config file is one that people share.",
                isLongTerm
                    ? $"Move it with: Import-MfaLongTermCredential -Profile {PowerShellText.Quote(profile)}"
                    : "Remove those lines: temporary keys belong in the credentials file."),
            isLongTerm ? new KeyMove(examination, profile).Repair() : null);
    }
}
