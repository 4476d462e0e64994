namespace MfaSts.Findings.Rules;

/// <summary>A file of the AWS tools' or of an older tool's that cannot be read at all.</summary>
internal sealed class FileUnreadable : IFindingRule
{
    public IEnumerable<MfaProfileFinding> Find(Examination examination)
    {
        foreach (var (file, why) in examination.Unreadable)
        {
            bool isShared = file == examination.Files.Credentials || file == examination.Files.Config;
            yield return new MfaProfileFinding(
                MfaFindingId.FileUnreadable,
                profile: null,
                FindingPlace.In(file),
                new FindingWords(
                    why.Error.Message,
                    isShared ? "MfaSts does not read it, and AWS tools fail or disagree." : "Long-term keys in it are not found.",
                    why.Error.Remedy));
        }
    }
}
