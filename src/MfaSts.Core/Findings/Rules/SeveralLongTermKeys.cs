using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Profiles;

namespace MfaSts.Findings.Rules;

/// <summary>Different long-term keys of one profile, of which one is used.</summary>
internal sealed class SeveralLongTermKeys : IFindingRule
{
    public IEnumerable<MfaProfileFinding> Find(Examination examination)
    {
        foreach (var profile in examination.Profiles)
        {
            var found = examination.LongTerm.FindAll(examination.Documents, profile.Name);
            if (InUse(examination, profile, found) is { } used
                && found.Where(other => other.AccessKeyId != used.AccessKeyId).ToArray() is { Length: > 0 } others)
            {
                yield return Of(examination, used, others);
            }
        }
    }

    private static LongTermCredential? InUse(Examination examination, MfaProfile profile, IReadOnlyList<LongTermCredential> found)
    {
        try
        {
            return found.Count == 0 ? null : examination.LongTerm.Find(profile);
        }
        catch (MfaException)
        {
            // None of them goes before the others.
            return found[0];
        }
    }

    private static MfaProfileFinding Of(Examination examination, LongTermCredential used, IReadOnlyList<LongTermCredential> others) => new(
        MfaFindingId.SeveralLongTermKeys,
        used.Profile,
        new FindingPlace(
            used.Path, examination.LongTerm.LineOf(examination.Documents, used, CredentialKeys.AccessKeyId)),
        new FindingWords(
            $"Profile '{used.Profile}' has different long-term keys.",
            $"{MfaErrors.Places([used])} is used; not {MfaErrors.Places(others)}.",
            $"Remove what is no longer valid with: Remove-MfaLongTermCredential -Profile {PowerShellText.Quote(used.Profile)} "
                + "-AccessKeyId <ID>"));
}
