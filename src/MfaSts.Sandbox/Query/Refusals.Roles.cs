using static System.Net.HttpStatusCode;

namespace MfaSts.Sandbox.Query;

/// <content>
/// What AssumeRole says besides AccessDenied, the same for an unknown role, a wrong external ID, missing MFA and MFA that is too old.
/// </content>
internal static partial class Refusals
{
    private const string InvalidParameterCode = "InvalidParameterValue";

    internal static Refusal RolesNotForRoot() => new(Forbidden, AccessDeniedCode, "Roles may not be assumed by root accounts.");

    internal static Refusal ArnInvalid(string arn) => ValidationError($"{arn} is invalid");

    internal static Refusal DurationOverChainLimit() =>
        ValidationError("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.");

    /// <summary>AWS does not name the limit.</summary>
    internal static Refusal DurationOverRoleLimit() =>
        ValidationError("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");

    internal static Refusal TransitiveTagMissing() =>
        new(BadRequest, InvalidParameterCode, "The specified transitive tag key must be included in the requested tags.");

    internal static Refusal TagKeyTwice() =>
        new(BadRequest, InvalidParameterCode, "Duplicate tag keys found. Please note that Tag keys are case insensitive.");

    /// <summary>Uncertain: whether AWS says the same of a tag that is sent again without being named transitive.</summary>
    internal static Refusal TagKeyInherited() => new(
        BadRequest, InvalidParameterCode,
        "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.");

    /// <summary>Uncertain: AWS's words for some faults of a session policy.</summary>
    internal static Refusal MalformedPolicy(string message) => new(BadRequest, "MalformedPolicyDocument", message);

    /// <summary>Uncertain: AWS's code and words.</summary>
    internal static Refusal NoSuchPolicy(string arn) => ValidationError($"Policy {arn} does not exist or is not attachable.");

    internal static Refusal TagsTooLarge(int percent) =>
        new(BadRequest, "PackedPolicyTooLarge", $"Packed size of session tags consumes {percent}% of allotted space.");

    internal static Refusal PolicyTooLarge(int percent) =>
        new(BadRequest, "PackedPolicyTooLarge", $"Packed policy consumes {percent}% of allotted space, please use smaller policy.");
}
