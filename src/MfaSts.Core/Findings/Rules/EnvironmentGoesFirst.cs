using MfaSts.Profiles;
using MfaSts.Sessions;

namespace MfaSts.Findings.Rules;

/// <summary>Variables that AWS tools take before a profile, and that MfaSts has not set.</summary>
internal sealed class EnvironmentGoesFirst : IFindingRule
{
    private static readonly string[] Keys =
        [SessionVariables.AccessKeyId, "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"];

    public IEnumerable<MfaProfileFinding> Find(Examination examination)
    {
        var variables = examination.Variables;
        string? used = variables[SessionVariables.Profile];
        if (variables[SessionVariables.AccessKeyId] is not null && used is null)
        {
            yield return Of(
                Set(variables, Keys),
                "an access key is in the environment, and not by MfaSts",
                "Every AWS tool takes it before AWS_PROFILE and before the profile 'default'.");
        }
        else if (used is not null && IsPast(examination, variables["AWS_CREDENTIAL_EXPIRATION"]))
        {
            yield return Of(
                Set(variables, [.. SessionVariables.Keys]),
                $"the session of profile '{used}' in this environment has expired",
                "Every AWS tool that is started from here takes it, and AWS refuses it.");
        }

        if (variables["AWS_DEFAULT_PROFILE"] is { } first && variables[SessionVariables.AwsProfile] is { } second && first != second)
        {
            yield return Of(
                ["AWS_DEFAULT_PROFILE"],
                $"AWS_DEFAULT_PROFILE is '{first}' and AWS_PROFILE is '{second}'",
                "The AWS CLI and boto3 take the first, other AWS tools the second.");
        }

        if (variables[SessionVariables.AwsProfile] is not null && variables["AWS_WEB_IDENTITY_TOKEN_FILE"] is not null
            && variables["AWS_ROLE_ARN"] is not null)
        {
            yield return Of(
                Set(variables, [.. SessionVariables.HidingProfile]),
                "AWS_PROFILE is set beside the role of a pod or a CI job",
                "The AWS CLI and boto3 take that role before the profile.");
        }
    }

    private static string[] Set(EnvironmentVariables variables, string[] names) =>
        Array.FindAll(names, name => variables[name] is not null);

    private static bool IsPast(Examination examination, string? expiration) =>
        ExpirationText.Parse(expiration, manager: null) <= examination.Clock.GetUtcNow();

    private static MfaProfileFinding Of(string[] names, string what, string affects) => new(
        MfaFindingId.EnvironmentGoesFirst,
        profile: null,
        FindingPlace.None,
        new FindingWords(
            FileReadDifferently.Sentence(what),
            affects,
            "Remove it where it is set, and here: in PowerShell with Remove-Item "
                + $"{string.Join(", ", names.Select(name => "Env:" + name))}; in bash and zsh with unset {string.Join(' ', names)}."));
}
