using System.Net;
using Amazon.Runtime;
using MfaSts.Errors;

namespace MfaSts.Aws;

/// <summary>Names an error that AWS answered: by its code, and by those parts of its text alone that are certain.</summary>
internal sealed class ServiceRefusal(StsOperation operation, StsExchange exchange)
{
    private static readonly TimeSpan LeastDuration = TimeSpan.FromSeconds(900);

    private static readonly TimeSpan MostDuration = TimeSpan.FromSeconds(129600);

    // Below this the clock is not what AWS minds, whatever it says; the offset would then mislead.
    private static readonly TimeSpan LeastOffset = TimeSpan.FromMinutes(1);

    private string Profile => operation.Profile;

    public MfaException Name(AmazonServiceException refusal)
    {
        string words = AwsWords.Quote(refusal.Message, operation);
        return refusal.ErrorCode switch
        {
            "AccessDenied" or "AccessDeniedException" => Denied(words),
            "InvalidClientTokenId" or "UnrecognizedClientException" when IsSession && operation.Role is not null =>
                MfaErrors.SessionRefused(Profile, words),
            "InvalidClientTokenId" or "UnrecognizedClientException" =>
                KeysRejected(words, RegionDoubt.IsIn(operation, refusal) ? operation.Call.Region : null),
            "SignatureDoesNotMatch" or "InvalidSignatureException" => IsAboutTime(words) ? ClockSkewed() : KeysRejected(words),
            "RequestExpired" or "RequestTimeTooSkewed" or "RequestInTheFuture" => ClockSkewed(),
            "ExpiredToken" or "ExpiredTokenException" when IsSession => MfaErrors.SessionRefused(Profile, words),
            "ExpiredToken" or "ExpiredTokenException" => MfaErrors.AccessDenied(Profile, operation.Action, words),
            "RegionDisabledException" => MfaErrors.RegionDisabled(Profile, operation.Call.Region, words),
            "Throttling" or "ThrottlingException" or "ThrottledException" or "RequestThrottled" or "RequestThrottledException"
                or "RequestLimitExceeded" or "TooManyRequests" or "TooManyRequestsException" or "SlowDown" =>
                    ServiceErrors.Throttled(operation, words),
            "ValidationError" when operation.Role is { } role && IsAboutRoleDuration(words) =>
                MfaErrors.RoleDurationRefused(Profile, role.Role.RoleArn, operation.Duration, words),
            "ValidationError" or "InvalidParameterValue" or "MalformedPolicyDocument" or "MalformedPolicyDocumentException"
                or "PackedPolicyTooLarge"
                or "PackedPolicyTooLargeException" when operation.Role is { } role =>
                    MfaErrors.RoleSettingRefused(Profile, role.Role.RoleArn, words),
            "ValidationError" when IsAboutDuration(words) =>
                MfaErrors.DurationOutOfRange(Profile, operation.Duration, LeastDuration, MostDuration),
            "LimitExceeded" or "LimitExceededException" when operation.IsIam => MfaErrors.AccessKeyLimit(Profile, words),
            "NoSuchEntity" or "NoSuchEntityException" when operation.IsIam => MfaErrors.IamEntityNotFound(Profile, operation.Action, words),
            _ when refusal.StatusCode == HttpStatusCode.TooManyRequests => ServiceErrors.Throttled(operation, words),
            _ => ServiceErrors.Failed(
                operation, WireFailure.Endpoint(operation, exchange), $"{AwsWords.Quote(refusal.ErrorCode, operation)}: {words}"),
        };
    }

    private bool IsSession => !string.IsNullOrEmpty(operation.Call.SessionToken);

    private MfaException Denied(string words)
    {
        if (Says(words, "MultiFactorAuthentication failed with invalid MFA one time pass code"))
        {
            return MfaErrors.TokenCodeRejected(Profile, operation.SerialNumber, words);
        }

        // Here AWS asks to check the serial number, not the code: no next code will mend it, and the remedy of a refused code would
        // mislead.
        return Says(words, "unable to validate MFA code")
            ? MfaErrors.SerialNumberInvalid(Profile, operation.SerialNumber, $"AWS says: {words.TrimEnd('.')}")
            : operation.Role is { } role ? MfaErrors.RoleNotAssumable(Profile, role, words)
            : MfaErrors.AccessDenied(Profile, operation.Action, words);
    }

    // Temporary keys are not what the person stored: to store them anew would mend nothing.
    private MfaException KeysRejected(string words, string? optInRegion = null) => IsSession
        ? MfaErrors.AccessDenied(Profile, operation.Action, words)
        : MfaErrors.LongTermCredentialRejected(
            Profile, operation.Call.AccessKeyId, words, operation.TokenCode.Length > 0, optInRegion);

    private MfaException ClockSkewed() => MfaErrors.ClockSkewed(
        Profile, exchange.ClockOffset is { } offset && offset.Duration() >= LeastOffset ? offset : null);

    // AWS may grant less than STS documents. Then its own words are true, and the documented range would not be.
    private bool IsAboutDuration(string words) =>
        Says(words, "durationSeconds") && (operation.Duration < LeastDuration || operation.Duration > MostDuration);

    // The first is the role's own limit, the second that of role chaining. Neither text names a number.
    private static bool IsAboutRoleDuration(string words) =>
        Says(words, "exceeds the MaxSessionDuration") || Says(words, "exceeds the 1 hour session limit");

    private static bool IsAboutTime(string words) => Says(words, "Signature expired") || Says(words, "Signature not yet current");

    private static bool Says(string words, string part) => words.Contains(part, StringComparison.OrdinalIgnoreCase);
}
