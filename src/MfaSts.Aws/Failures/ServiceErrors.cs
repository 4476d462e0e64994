using MfaSts.Errors;

namespace MfaSts.Aws;

/// <summary>The errors that are told in other words of IAM and the sign-in than of STS, where a code may be spent.</summary>
internal static class ServiceErrors
{
    public static MfaException Unreachable(
        StsOperation operation, string endpoint, string why, bool nothingWasSent, Exception? cause, string? hint) => operation.IsSignIn
        ? MfaErrors.SignInUnreachable(operation.Profile, endpoint, why, cause, hint)
        : operation.IsIam
        ? MfaErrors.IamUnreachable(operation.Profile, endpoint, why, nothingWasSent, cause, hint)
        : MfaErrors.StsUnreachable(operation.Profile, endpoint, why, nothingWasSent, cause, HasCode(operation), hint);

    public static MfaException Throttled(StsOperation operation, string words) => operation.IsSignIn
        ? MfaErrors.SignInThrottled(operation.Profile, words)
        : operation.IsIam
        ? MfaErrors.IamThrottled(operation.Profile, words)
        : MfaErrors.StsThrottled(operation.Profile, words, HasCode(operation));

    public static MfaException Failed(StsOperation operation, string endpoint, string what) => operation.IsSignIn
        ? MfaErrors.SignInFailed(operation.Profile, endpoint, what)
        : operation.IsIam
        ? MfaErrors.IamFailed(operation.Profile, endpoint, what)
        : MfaErrors.StsFailed(operation.Profile, endpoint, what, HasCode(operation));

    private static bool HasCode(StsOperation operation) => operation.TokenCode.Length > 0;
}
