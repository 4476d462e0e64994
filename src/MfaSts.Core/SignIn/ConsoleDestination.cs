using MfaSts.Errors;

namespace MfaSts.SignIn;

/// <summary>The page of the console that is wanted: a service by its name, or an address.</summary>
public static class ConsoleDestination
{
    private const string FirstPage = "console";

    /// <summary>Services that are often wanted, as the console's addresses name them; any other can be named too.</summary>
    public static IReadOnlyList<string> Services { get; } = Array.AsReadOnly(
    [
        "apigateway", "athena", "billing", "cloudformation", "cloudfront", "cloudtrail", "cloudwatch", "codebuild", "codepipeline",
        "cognito", "config", "dynamodbv2", "ec2", "ecr", "ecs", "eks", "elasticache", "events", "glue", "guardduty", "iam", "kinesis",
        "kms", "lambda", "organizations", "rds", "redshift", "route53", "s3", "secretsmanager", "servicequotas", "sns", "sqs", "states",
        "systems-manager", "vpc",
    ]);

    /// <summary>The page's address.</summary>
    /// <param name="profile">The profile, for the error.</param>
    /// <param name="destination">A service's name, an address of the partition's console, or null for its first page.</param>
    /// <param name="hosts">Where the console is.</param>
    /// <param name="region">The region, or null.</param>
    /// <exception cref="MfaException">DestinationInvalid.</exception>
    internal static Uri Resolve(string profile, string? destination, ConsoleHosts hosts, string? region)
    {
        if (!IsLegal(destination, hosts))
        {
            throw MfaErrors.DestinationInvalid(profile, destination!, hosts.Console);
        }

        if (IsAddress(destination))
        {
            return new Uri(destination!);
        }

        string page = destination ?? FirstPage;
        string path = page.Contains('/', StringComparison.Ordinal) ? page : page + "/home";
        return new Uri(
            region is null ? $"https://{hosts.Console}/{path}" : $"https://{region}.{hosts.Console}/{path}?region={region}");
    }

    /// <summary>Whether it can be resolved.</summary>
    internal static bool IsLegal(string? destination, ConsoleHosts hosts) => IsAddress(destination)
        ? Uri.TryCreate(destination, UriKind.Absolute, out var address) && IsOf(address, hosts)
        : IsService(destination ?? FirstPage);

    private static bool IsAddress(string? destination) => destination?.Contains(':', StringComparison.Ordinal) == true;

    // The browser is signed in before it goes there: elsewhere would be a place for thieves.
    private static bool IsOf(Uri address, ConsoleHosts hosts) =>
        address.Scheme == Uri.UriSchemeHttps && address.UserInfo.Length == 0 && address.IsDefaultPort
        && (address.IdnHost == hosts.Console || address.IdnHost.EndsWith("." + hosts.Console, StringComparison.Ordinal));

    private static bool IsService(string name) =>
        name.Length > 0 && char.IsAsciiLetterLower(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '/');
}
