using System.Security.Cryptography;
using System.Text;
using MfaSts.Sandbox.Query;

namespace MfaSts.Sandbox.Signing;

/// <summary>Decides whose call a request is. Uncertain: the order in which AWS makes these checks.</summary>
internal sealed class SigV4Verifier(AccountSet accounts)
{
    private const string PayloadHashHeader = "x-amz-content-sha256";

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);

    /// <exception cref="Refusal">The call is nobody's, or not as it was signed.</exception>
    internal Principal Verify(IncomingRequest request, AuthorizationHeader authorization, DateTimeOffset now)
    {
        var principal = accounts.FindPrincipal(authorization.AccessKeyId, now) ?? throw Refusals.InvalidClientTokenId();
        CheckSessionToken(request, principal);
        string timestamp = CheckTime(request, authorization, now);
        CheckSignature(request, authorization, principal, timestamp);
        return principal.Session is { } session && session.Expiration <= now ? throw Refusals.ExpiredToken() : principal;
    }

    private static void CheckSessionToken(IncomingRequest request, Principal principal)
    {
        string token = request.Header("X-Amz-Security-Token") ?? string.Empty;
        if (!Same(token, principal.Session?.SessionToken ?? string.Empty))
        {
            throw Refusals.InvalidClientTokenId();
        }
    }

    private static string CheckTime(IncomingRequest request, AuthorizationHeader authorization, DateTimeOffset now)
    {
        if (!AwsTime.TryParseBasic(request.Header("X-Amz-Date"), out var signedAt)
            && !AwsTime.TryParseHttp(request.Header("Date"), out signedAt))
        {
            throw Refusals.DateMissing();
        }

        string timestamp = AwsTime.Basic(signedAt);
        if (authorization.Scope.Date != timestamp[..8])
        {
            throw Refusals.ScopeDateMismatch(authorization.Scope.Date, timestamp);
        }

        if (signedAt < now - Tolerance)
        {
            throw Refusals.SignatureExpired(signedAt, now, Tolerance);
        }

        return signedAt > now + Tolerance ? throw Refusals.SignatureNotYetCurrent(signedAt, now, Tolerance) : timestamp;
    }

    private static void CheckSignature(IncomingRequest request, AuthorizationHeader authorization, Principal principal, string timestamp)
    {
        if (!authorization.SignedHeaders.Contains("host", StringComparer.Ordinal))
        {
            throw Refusals.HostNotSigned();
        }

        string payloadHash = SigV4.Hash(request.Body.Span);
        bool isHashSigned = authorization.SignedHeaders.Contains(PayloadHashHeader, StringComparer.Ordinal);
        if (isHashSigned && request.Header(PayloadHashHeader) != payloadHash)
        {
            throw Refusals.SignatureDoesNotMatch();
        }

        var canonical = new CanonicalRequest(
            request.Method, request.Path, request.Query,
            authorization.SignedHeaders.Select(name => KeyValuePair.Create(name, request.HeaderValues(name))), payloadHash);
        if (!Same(authorization.Signature, SigV4.Sign(principal.SecretAccessKey, timestamp, authorization.Scope, canonical)))
        {
            throw Refusals.SignatureDoesNotMatch();
        }
    }

    private static bool Same(string a, string b) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));
}
