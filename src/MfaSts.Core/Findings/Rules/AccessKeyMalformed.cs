using MfaSts.Credentials;
using MfaSts.Profiles;

namespace MfaSts.Findings.Rules;

/// <summary>
/// A stored long-term key with quotes, a comment or an invisible character: AWS answers it as it answers an inactive one.
/// </summary>
internal sealed class AccessKeyMalformed : IFindingRule
{
    public IEnumerable<MfaProfileFinding> Find(Examination examination)
    {
        foreach (var credential in examination.Names.SelectMany(name => examination.LongTerm.FindAll(examination.Documents, name)))
        {
            if (WhyNot(examination, credential) is { } why)
            {
                yield return new MfaProfileFinding(
                    MfaFindingId.AccessKeyMalformed,
                    credential.Profile,
                    new FindingPlace(
                        credential.Path, examination.LongTerm.LineOf(examination.Documents, credential, why.Key)),
                    new FindingWords(
                        $"{why.Key} in [{credential.Section}] {why.Why}.",
                        "Every AWS tool sends it as it stands, and AWS refuses it.",
                        "Copy the access key from the IAM console again, without quotes, and write comments on lines of their own."));
            }
        }
    }

    // Emulators take IDs of any length.
    private static (string Key, string Why)? WhyNot(Examination examination, LongTermCredential credential)
    {
        bool isOfAws = examination.Variables["AWS_ENDPOINT_URL"] is null && examination.Variables["AWS_ENDPOINT_URL_STS"] is null
            && MfaProfile.Of(credential.Profile, examination.Documents) is var profile
            && (profile.Setting("endpoint_url") ?? profile.Setting("services")) is null;
        return AccessKey.WhyNotStored(credential, isOfAws);
    }
}
