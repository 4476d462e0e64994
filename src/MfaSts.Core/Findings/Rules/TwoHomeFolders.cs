namespace MfaSts.Findings.Rules;

/// <summary>Windows: HOME and USERPROFILE both have a credentials file, and AWS tools disagree on which of them counts.</summary>
internal sealed class TwoHomeFolders : IFindingRule
{
    public IEnumerable<MfaProfileFinding> Find(Examination examination)
    {
        if (examination.Files.OtherCredentialsPath is { } other)
        {
            yield return new MfaProfileFinding(
                MfaFindingId.TwoHomeFolders,
                profile: null,
                FindingPlace.In(examination.Files.Credentials),
                new FindingWords(
                    $"The file is used, as HOME is set, and there is '{other}' as well.",
                    "The AWS CLI and Terraform take the other one.",
                    "Name the one for all in AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE, or remove HOME from the environment."));
        }
    }
}
