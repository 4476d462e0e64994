using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Platform;
using MfaSts.Profiles;

namespace MfaSts.Findings.Rules;

/// <summary>A file with keys that other users of this machine can read or write.</summary>
internal sealed class FileOpenToOthers : IFindingRule
{
    public IEnumerable<MfaProfileFinding> Find(Examination examination)
    {
        (SharedFile File, IniDocument Document)[] files =
        [
            (examination.Files.Credentials, examination.Credentials),
            (examination.Files.Config, examination.Config),
            (examination.Files.NoMfa, examination.NoMfa),
            (examination.Files.Stscreds, examination.Stscreds),
        ];

        // A config file without keys may be shared by intent.
        return files.Where(pair => pair.File.IsOpenToOthers && (pair.File == examination.Files.Credentials || HasKeys(pair.Document)))
            .Select(pair => Of(pair.File));
    }

    private static bool HasKeys(IniDocument document) =>
        document.Sections.Any(section => section.FindKey(CredentialKeys.SecretAccessKey) is not null);

    private static MfaProfileFinding Of(SharedFile file) => new(
        MfaFindingId.FileOpenToOthers,
        profile: null,
        FindingPlace.In(file),
        new FindingWords(
            "The file can be read or written by other users.",
            "Who can read it can use the keys in it.",
            "Close it with: " + ThisSystem.Platform.CloseCommand(PowerShellText.QuotePath(file.Path))),
        new FindingRepair("Take the rights of other users to the file away", _ => file.TryClose()));
}
