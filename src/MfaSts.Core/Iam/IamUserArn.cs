namespace MfaSts.Iam;

/// <summary>ARNs of IAM users (IAM user guide, "IAM identifiers").</summary>
internal static class IamUserArn
{
    /// <summary>The user's name, without the path; null when the ARN is not a user's.</summary>
    public static string? NameOf(string arn) =>
        arn.Split(':', 6) is [_, _, "iam", _, _, var user] && user.StartsWith("user/", StringComparison.Ordinal)
            ? user[(user.LastIndexOf('/') + 1)..]
            : null;
}
