using static System.Net.HttpStatusCode;

namespace MfaSts.Sandbox.Query;

/// <content>
/// What is said before it is known whose call it is.
/// Uncertain: the exact words of IncompleteSignature, of a plain wrong signature and of a wrong scope.
/// </content>
internal static partial class Refusals
{
    private const string MismatchCode = "SignatureDoesNotMatch";

    internal static Refusal MissingAuthenticationToken() =>
        new(Forbidden, "MissingAuthenticationToken", "Request is missing Authentication Token");

    /// <summary>Uncertain: AWS's text for a foreign scheme.</summary>
    internal static Refusal UnsupportedAlgorithm(string scheme) => Incomplete($"Unsupported AWS 'algorithm': '{scheme}'.");

    internal static Refusal AuthorizationParametersMissing(IEnumerable<string> names) =>
        Incomplete(string.Join(' ', names.Select(name => $"Authorization header requires '{name}' parameter.")));

    /// <summary>AWS repeats the whole header here; the part is enough to find the fault.</summary>
    internal static Refusal NotAKeyValuePair(string part) =>
        Incomplete($"'{part}' not a valid key=value pair (missing equal-sign) in Authorization header.");

    internal static Refusal CredentialMalformed(string credential) => Incomplete(
        $"Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{credential}'");

    internal static Refusal DateMissing() =>
        Incomplete("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");

    /// <summary>An unknown or inactive key, or a session token that is missing or not the key's.</summary>
    internal static Refusal InvalidClientTokenId() =>
        new(Forbidden, "InvalidClientTokenId", "The security token included in the request is invalid.");

    /// <summary>IAM to a session without MFA. Here AWS's text ends without a full stop.</summary>
    internal static Refusal InvalidClientTokenIdOfIam() =>
        new(Forbidden, "InvalidClientTokenId", "The security token included in the request is invalid");

    internal static Refusal ExpiredToken() => new(Forbidden, "ExpiredToken", "The security token included in the request is expired");

    internal static Refusal SignatureDoesNotMatch() => Mismatch(
        "The request signature we calculated does not match the signature you provided. "
            + "Check your AWS Secret Access Key and signing method. Consult the service documentation for details.");

    internal static Refusal SignatureExpired(DateTimeOffset signedAt, DateTimeOffset now, TimeSpan tolerance) => Mismatch(
        $"Signature expired: {AwsTime.Basic(signedAt)} is now earlier than {AwsTime.Basic(now - tolerance)} "
            + $"({AwsTime.Basic(now)} - {tolerance.TotalMinutes} min.)");

    internal static Refusal SignatureNotYetCurrent(DateTimeOffset signedAt, DateTimeOffset now, TimeSpan tolerance) => Mismatch(
        $"Signature not yet current: {AwsTime.Basic(signedAt)} is still later than {AwsTime.Basic(now + tolerance)} "
            + $"({AwsTime.Basic(now)} + {tolerance.TotalMinutes} min.)");

    internal static Refusal ScopeDateMismatch(string scopeDate, string timestamp) => Mismatch(
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
            + $"'{scopeDate}' != '{timestamp[..8]}', from '{timestamp}'.");

    internal static Refusal ServiceUnknown() => Mismatch("Credential should be scoped to correct service: 'sts'. ");

    /// <summary>Uncertain: the code that STS gives this text.</summary>
    internal static Refusal HostNotSigned() => Mismatch("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");

    private static Refusal Incomplete(string message) => new(BadRequest, "IncompleteSignature", message);

    private static Refusal Mismatch(string message) => new(Forbidden, MismatchCode, message);
}
