namespace MfaSts.Roles;

/// <summary>The parts of a role's ARN, <c>arn:partition:iam::account:role/path/name</c>.</summary>
internal static class RoleArn
{
    private const string Resource = "role/";

    /// <summary>The account, or null when it is not a role's ARN.</summary>
    public static string? AccountOf(string arn) => Split(arn)?.Account;

    /// <summary>The role's name without its path, or null when it is not a role's ARN.</summary>
    public static string? NameOf(string arn) => Split(arn)?.Name;

    private static (string Account, string Name)? Split(string arn) =>
        arn.Split(':', 6) is ["arn", { Length: > 0 }, "iam", "", { Length: 12 } account, var resource]
        && account.All(char.IsAsciiDigit) && resource.StartsWith(Resource, StringComparison.Ordinal)
        && resource[(resource.LastIndexOf('/') + 1)..] is { Length: > 0 } name
            ? (account, name)
            : null;
}
