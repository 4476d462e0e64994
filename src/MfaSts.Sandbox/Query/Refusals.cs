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

    internal static Refusal ValidationErrors(IReadOnlyList<string> errors) => ValidationError(
        $"{errors.Count} validation error{(errors.Count == 1 ? string.Empty : "s")} detected: {string.Join("; ", errors)}");

    /// <summary>A policy does not allow an action.</summary>
    /// <param name="caller">Who called.</param>
    /// <param name="action">The action.</param>
    /// <param name="resource">The ARN that it was to act on, and what AWS adds about why. Of trust policies it adds nothing.</param>
    internal static Refusal AccessDenied(Principal caller, string action, string resource) => new(
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

    internal static Refusal UserNameMissing() => ValidationError("Must specify userName when calling with non-User credentials");

    /// <summary>Uncertain: AWS's exact words.</summary>
    internal static Refusal NoSuchUser(string name) => new(NotFound, NoSuchEntityCode, $"The user with name {name} cannot be found.");

    internal static Refusal NoSuchAccessKey(string accessKeyId) =>
        new(NotFound, NoSuchEntityCode, $"The Access Key with id {accessKeyId} cannot be found.");

    internal static Refusal AccessKeyLimit(int limit) =>
        new(Conflict, "LimitExceeded", $"Cannot exceed quota for AccessKeysPerUser: {limit}");

    private static Refusal ValidationError(string message) => new(BadRequest, "ValidationError", message);
}
