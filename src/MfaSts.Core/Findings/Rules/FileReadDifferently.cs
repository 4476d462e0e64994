using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.Findings.Rules;

/// <summary>Text that MfaSts reads and another tool refuses, or reads otherwise.</summary>
internal sealed class FileReadDifferently : IFindingRule
{
    public IEnumerable<MfaProfileFinding> Find(Examination examination) =>
    [
        .. examination.Credentials.Remarks.Concat(SectionNameRemarks.InCredentials(examination.Credentials))
            .Select(remark => Of(examination.Files.Credentials, remark)),
        .. examination.Config.Remarks.Concat(SectionNameRemarks.InConfig(examination.Config))
            .Select(remark => Of(examination.Files.Config, remark)),
    ];

    /// <summary>A remark's words as a sentence.</summary>
    public static string Sentence(string words) => $"{char.ToUpperInvariant(words[0])}{words[1..]}.";

    private static MfaProfileFinding Of(SharedFile file, IniRemark remark) => new(
        MfaFindingId.FileReadDifferently,
        profile: null,
        FindingPlace.In(file, remark.Line),
        new FindingWords(Sentence(remark.What), Sentence(remark.Affects), Sentence(remark.Remedy)),
        remark.Repair is { } repair
            ? new FindingRepair(Sentence(remark.Remedy).TrimEnd('.'), token => file.Update(repair, token))
            : null);
}
