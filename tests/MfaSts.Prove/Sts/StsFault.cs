using System.Net.Sockets;
using MfaSts.Aws.Tests;
using MfaSts.Errors;

namespace MfaSts.Prove.Sts;

/// <summary>A way in which a call to STS goes wrong.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Expected">The error that must come of it.</param>
/// <param name="Open">Opens the endpoint that does it: its address, how often a whole request arrived, and what closes it.</param>
/// <param name="Stalls">Nothing ends it but the time limit or the caller.</param>
internal sealed record StsFault(
    string Name, MfaErrorId Expected, Func<(Uri Url, Func<int> Requests, IAsyncDisposable Owner)> Open, bool Stalls = false)
{
    private const string Portal =
        "<!DOCTYPE html><html><head><title>Hotel</title></head><body><form action='/login'>Room</form></body></html>";

    private static string LongBody => new('x', 3_000_000);

    public static IEnumerable<StsFault> All =>
    [
        Scripted("never answers", MfaErrorId.StsUnreachable, c => c.HoldAsync(), stalls: true),
        Scripted("answers drop by drop", MfaErrorId.StsUnreachable, DripAsync, stalls: true),
        Scripted("stops within the body", MfaErrorId.StsUnreachable, async c =>
        {
            await c.SendAsync(Conversation.Head("200 OK", LongBody) + "<Get");
            await c.HoldAsync();
        }, stalls: true),
        Scripted("stops within the head", MfaErrorId.StsUnreachable, async c =>
        {
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-");
            await c.HoldAsync();
        }, stalls: true),
        Scripted(
            "answer cut off",
            MfaErrorId.StsFailed,
            c => c.SendAsync(Conversation.Head("200 OK", Answers.Session()) + Answers.Session()[..200])),
        Scripted(
            "answer of another content type",
            MfaErrorId.StsFailed,
            c => c.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")),
        Scripted("huge answer", MfaErrorId.StsFailed, c => c.AnswerAsync("200 OK", LongBody)),
        Scripted("endless head", MfaErrorId.StsFailed, c => c.SendAsync("HTTP/1.1 200 OK\r\nX: " + LongBody)),
        Scripted("endless chunks", MfaErrorId.StsFailed, EndlessAsync),
        Scripted("captive portal", MfaErrorId.StsFailed, c => c.AnswerAsync("200 OK", Portal)),
        Scripted(
            "captive portal that redirects",
            MfaErrorId.StsFailed,
            c => c.AnswerAsync("302 Found", Portal, "Location: http://192.0.2.1/login\r\n")),
        Scripted(
            "XML with an entity bomb",
            MfaErrorId.StsFailed,
            c => c.AnswerAsync("200 OK", "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><x>&b;&b;&b;</x>")),
        Scripted("not HTTP", MfaErrorId.StsFailed, c => c.SendAsync("220 mail.example ESMTP\r\n\r\n")),
        Scripted("closed after the request", MfaErrorId.StsUnreachable, _ => Task.CompletedTask),
        Scripted("reset after the request", MfaErrorId.StsUnreachable, c =>
        {
            c.Reset();
            return Task.CompletedTask;
        }),
        Connection("reset before the request", MfaErrorId.StsUnreachable, client => client.LingerState = new LingerOption(true, 0)),
        Connection("closed before the request", MfaErrorId.StsUnreachable, _ => { }),
        Connection("a TLS greeting that never comes", MfaErrorId.StsUnreachable, _ => Thread.Sleep(3000), "https", stalls: true),
        Secure("certificate of nobody", TestCertificates.SelfSigned()),
        Secure("certificate that has expired", TestCertificates.SelfSigned(firstDay: -5, lastDay: -2)),
        Secure("certificate of another name", TestCertificates.SelfSigned("other.example")),
        Nowhere("nobody listens", "http://127.0.0.1:1"),
        Nowhere("a name that does not resolve", "http://sts.mfasts.invalid"),
        .. Refusals.Select(refusal => Scripted(
            $"{refusal.Status} {refusal.Code}", refusal.Expected, c => c.AnswerAsync(
                $"{refusal.Status} X", refusal.Code.Length == 0 ? string.Empty : Answers.Error(refusal.Code, refusal.Text)))),
    ];

    // The errors that the service's documentation names, by code and the certain parts of their text.
    private static (int Status, string Code, string Text, MfaErrorId Expected)[] Refusals =>
    [
        (403, "AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ", MfaErrorId.TokenCodeRejected),
        (403, "AccessDenied", "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is "
            + "valid and associated with this user.", MfaErrorId.SerialNumberInvalid),
        (403, "AccessDenied", "User is not authorized", MfaErrorId.AccessDenied),
        (403, "InvalidClientTokenId", "The security token included in the request is invalid.", MfaErrorId.LongTermCredentialRejected),
        (403, "SignatureDoesNotMatch", "The request signature we calculated does not match", MfaErrorId.LongTermCredentialRejected),
        (403, "SignatureDoesNotMatch", "Signature expired: 1 is now earlier than 2", MfaErrorId.ClockSkewed),
        (400, "RequestExpired", "Request has expired.", MfaErrorId.ClockSkewed),
        (403, "RegionDisabledException", "STS is not activated in this region", MfaErrorId.RegionDisabled),
        (400, "Throttling", "Rate exceeded", MfaErrorId.StsThrottled),
        (429, string.Empty, string.Empty, MfaErrorId.StsThrottled),
        (400, "ValidationError", "1 validation error detected", MfaErrorId.StsFailed),
        (400, "MissingAuthenticationToken", "Missing", MfaErrorId.StsFailed),
        (400, "IncompleteSignature", "Incomplete", MfaErrorId.StsFailed),
        (403, "OptInRequired", "Needs a subscription", MfaErrorId.StsFailed),
        (500, "InternalFailure", "Failed", MfaErrorId.StsFailed),
        (503, "ServiceUnavailable", "Busy", MfaErrorId.StsFailed),
        (502, string.Empty, string.Empty, MfaErrorId.StsFailed),
    ];

    private static StsFault Scripted(string name, MfaErrorId expected, Func<Conversation, Task> script, bool stalls = false) =>
        new(name, expected, () =>
    {
        var endpoint = new ScriptedEndpoint(script);
        return (endpoint.Url, () => endpoint.Requests.Count, endpoint);
    }, stalls);

    private static StsFault Secure(string name, System.Security.Cryptography.X509Certificates.X509Certificate2 certificate) =>
        new(name, MfaErrorId.StsUnreachable, () =>
    {
        var endpoint = new ScriptedEndpoint(c => c.AnswerAsync("200 OK", Answers.Session()), certificate);
        return (endpoint.Url, () => endpoint.Requests.Count, endpoint);
    });

    private static StsFault Connection(
        string name, MfaErrorId expected, Action<TcpClient> meet, string scheme = "http", bool stalls = false) => new(name, expected, () =>
    {
        var door = new SlammingDoor(meet);
        return (new Uri($"{scheme}://127.0.0.1:{door.Port}"), () => 0, door);
    }, stalls);

    private static StsFault Nowhere(string name, string url) =>
        new(name, MfaErrorId.StsUnreachable, () => (new Uri(url), () => 0, new ScriptedEndpoint(_ => Task.CompletedTask)));

    private static async Task DripAsync(Conversation c)
    {
        await c.SendAsync(Conversation.Head("200 OK", LongBody));
        while (true)
        {
            await c.SendAsync(" ");
            await Task.Delay(20, c.Stop);
        }
    }

    private static async Task EndlessAsync(Conversation c)
    {
        await c.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        while (true)
        {
            await c.SendAsync("10000\r\n" + new string('x', 0x10000) + "\r\n");
        }
    }
}
