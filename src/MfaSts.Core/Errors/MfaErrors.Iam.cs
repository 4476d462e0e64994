using static MfaSts.Errors.MfaErrorCategory;

namespace MfaSts.Errors;

/// <content>What IAM answers, or does not.</content>
public static partial class MfaErrors
{
    /// <summary>There was no answer from IAM.</summary>
    public static MfaException IamUnreachable(
        string profile, string endpoint, string why, bool nothingWasSent, Exception? cause = null, string? hint = null) =>
        new(
            new MfaError(
                MfaErrorId.StsUnreachable, ConnectionError, profile,
                $"No answer from AWS IAM at {endpoint} for profile '{profile}': {why}."
                    + (nothingWasSent ? string.Empty : " AWS may have done what was asked for."),
                $"{(hint is null ? string.Empty : hint + " ")}Check the network connection, the proxy (HTTPS_PROXY, NO_PROXY) and the "
                    + "endpoint, then try again."),
            cause)
        {
            NothingWasSent = nothingWasSent,
        };

    /// <summary>Too many calls to IAM.</summary>
    public static MfaException IamThrottled(string profile, string awsText) => Make(
        MfaErrorId.StsThrottled, LimitsExceeded, profile,
        $"AWS IAM asks for fewer calls and did not serve profile '{profile}': {awsText.Trim()}",
        "Wait a minute, then try again.");

    /// <summary>An error of IAM's, or an answer that makes no sense.</summary>
    public static MfaException IamFailed(string profile, string endpoint, string what) => Make(
        MfaErrorId.StsFailed, ProtocolError, profile,
        $"AWS IAM at {endpoint} did not give a usable answer for profile '{profile}': {what.Trim().TrimEnd('.')}.",
        "Try again. If it happens again, check the endpoint and the proxy: a login page of a network often answers instead.");

    /// <summary>The user, or the key, is not there.</summary>
    public static MfaException IamEntityNotFound(string profile, string action, string awsText) => Make(
        MfaErrorId.IamEntityNotFound, ObjectNotFound, profile,
        $"AWS IAM cannot do {action} for profile '{profile}', because the user or the access key does not exist: {awsText.Trim()}",
        "Check the users and access keys in the IAM console.");

    /// <summary>The user has as many access keys as AWS allows.</summary>
    public static MfaException AccessKeyLimit(string profile, string awsText) => Make(
        MfaErrorId.AccessKeyLimit, LimitsExceeded, profile,
        $"The user of profile '{profile}' has as many access keys as AWS allows: {awsText.Trim()}",
        "Remove the key that is no longer used, in the IAM console, then try again.");
}
