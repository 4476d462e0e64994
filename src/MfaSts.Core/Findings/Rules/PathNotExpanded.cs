namespace MfaSts.Findings.Rules;

/// <summary>
/// botocore expands variables and <c>~</c> in the paths of the two files (<c>configloader.raw_config_parse</c>), and MfaSts as well; the
/// SDK for JavaScript takes them as they are written.
/// </summary>
internal sealed class PathNotExpanded : IFindingRule
{
    public IEnumerable<MfaProfileFinding> Find(Examination examination)
    {
        foreach (string name in (string[])["AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"])
        {
            if (examination.Variables[name] is { } path && examination.Files.Paths.Resolve(path) is var full && IsExpanded(path, full))
            {
                yield return new MfaProfileFinding(
                    MfaFindingId.PathNotExpanded,
                    profile: null,
                    FindingPlace.None,
                    new FindingWords(
                        $"{name} is '{path}', which no shell has expanded.",
                        "The AWS CLI, boto3 and MfaSts expand it; the AWS SDK for JavaScript looks for a file of that very name.",
                        $"Write the full path: {full}"));
            }
        }
    }

    private static bool IsExpanded(string path, string full) =>
        (path.StartsWith('~') || path.Contains('$', StringComparison.Ordinal) || path.Contains('%', StringComparison.Ordinal))
        && !full.EndsWith(path, StringComparison.Ordinal);
}
