using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.Findings.Rules;

/// <summary>
/// botocore reads <c>aws_security_token</c> before <c>aws_session_token</c>, the SDKs for .NET and JavaScript read only the latter. And
/// AWS-recipes may fail to write any.
/// </summary>
internal sealed class SessionTokenUnclear : IFindingRule
{
    public IEnumerable<MfaProfileFinding> Find(Examination examination)
    {
        foreach (var section in examination.CredentialSections())
        {
            if (!CredentialKeys.HasPair(section) || CredentialKeys.MustKeep(section)
                || ProfileName.ReservedSuffix(section.Name) is ProfileName.LongTermSuffix or ProfileName.NoMfaSuffix)
            {
                continue;
            }

            string? token = CredentialKeys.NotEmpty(section, CredentialKeys.SessionToken);
            string? old = CredentialKeys.NotEmpty(section, CredentialKeys.SecurityToken);
            if (token is null && old is null)
            {
                yield return Of(
                    examination, section, "has the access key ID of a session, and no aws_session_token.", "No AWS tool can use it.");
            }
            else if (token is null)
            {
                yield return Of(
                    examination, section, "has aws_security_token, and no aws_session_token.",
                    "The AWS CLI and boto3 read the old name; the AWS SDKs for .NET and JavaScript do not.");
            }
            else if (old is not null && old != token)
            {
                yield return Of(
                    examination, section, "has an aws_security_token that is another than its aws_session_token.",
                    "The AWS CLI and boto3 take the first, the AWS SDKs for .NET and JavaScript the second.");
            }
        }
    }

    private static MfaProfileFinding Of(Examination examination, IniSection section, string what, string affects)
    {
        string profile = examination.OwnerOf(section);
        return new MfaProfileFinding(
            MfaFindingId.SessionTokenUnclear,
            profile,
            Examination.PlaceOf(
                examination.Files.Credentials, section, CredentialKeys.SecurityToken, CredentialKeys.AccessKeyId),
            new FindingWords(
                $"[{section.Name}] {what}",
                affects,
                $"Get a new session with: Get-MfaSessionToken -Profile {PowerShellText.Quote(profile)} -Force"));
    }
}
