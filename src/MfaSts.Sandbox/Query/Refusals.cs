using static System.Net.HttpStatusCode;

namespace MfaSts.Sandbox.Query;

/// <summary>Every error that the sandbox answers, in AWS's words as far as they are certain. What is not says "Uncertain".</summary>
internal static partial class Refusals
{
    private const string AccessDeniedCode = "AccessDenied";

    private const string NoSuchEntityCode = "NoSuchEntity";

    /// <summary>Uncertain: AWS's code and text for a call without Action.</summary>
    internal static Refusal MissingAction() =>
        new(BadRequest, "MissingAction", "The request is missing an action or a required parameter.");

    /// <summary>Uncertain: AWS's exact words.</summary>
    internal static Refusal InvalidAction(string action, string? version) =>
        new(BadRequest, "InvalidAction", $"Could not find operation {action} for version {version ?? "NO_VERSION_SPECIFIED"}");

    internal static Refusal ValidationErrors(IReadOnlyList<string> errors) => new(
        BadRequest, "ValidationError",
        $"{errors.Count} validation error{(errors.Count == 1 ? string.Empty : "s")} detected: {string.Join("; ", errors)}");

    internal static Refusal AccessDeniedWithoutMfa(SandboxUser caller, string action, string resource) =>
        AccessDenied(caller, action, resource + " with an explicit deny in an identity-based policy");

    /// <summary>Uncertain: whether AWS adds here why no policy allows it.</summary>
    internal static Refusal AccessDenied(SandboxUser caller, string action, string resource) => new(
        Forbidden, AccessDeniedCode, $"User: {caller.Arn} is not authorized to perform: {action} on resource: {resource}");

    internal static Refusal GetSessionTokenWithSession() =>
        new(Forbidden, AccessDeniedCode, "Cannot call GetSessionToken with session credentials");

    /// <summary>A wrong code; the blank at the end is AWS's. Uncertain: whether AWS says the same of a spent one.</summary>
    internal static Refusal CodeRejected() =>
        new(Forbidden, AccessDeniedCode, "MultiFactorAuthentication failed with invalid MFA one time pass code. ");

    internal static Refusal DeviceRejected() => new(
        Forbidden, AccessDeniedCode,
        "MultiFactorAuthentication failed, unable to validate MFA code.  "
            + "Please verify your MFA serial number is valid and associated with this user.");

    /// <summary>Uncertain: the exact words, and whether a code without a serial number is told the same as the reverse.</summary>
    internal static Refusal SerialAndCodeBelongTogether() => new(
        Forbidden, AccessDeniedCode, "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.");

    internal static Refusal RegionDisabled(string accountId) => new(
        Forbidden, "RegionDisabledException",
        $"STS is not activated in this region for account:{accountId}. "
            + "Your account administrator can activate STS in this region using the IAM Console.");

    /// <summary>Uncertain: AWS's exact words.</summary>
    internal static Refusal NoSuchUser(string name) => new(NotFound, NoSuchEntityCode, $"The user with name {name} cannot be found.");

    internal static Refusal NoSuchAccessKey(string accessKeyId) =>
        new(NotFound, NoSuchEntityCode, $"The Access Key with id {accessKeyId} cannot be found.");

    internal static Refusal AccessKeyLimit(int limit) =>
        new(Conflict, "LimitExceeded", $"Cannot exceed quota for AccessKeysPerUser: {limit}");
}
