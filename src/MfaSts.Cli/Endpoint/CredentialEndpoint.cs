using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using MfaSts.Loopback;

namespace MfaSts.Cli.Endpoint;

/// <summary>
/// AWS's container credential provider for profiles: <c>GET /profile</c> with the token gives the keys (AWS SDKs and Tools reference guide,
/// "Container credential provider"). Host, method and token are looked at before the path, so that without the token every path looks
/// alike; the path is compared byte for byte.
/// </summary>
internal sealed class CredentialEndpoint
{
    private readonly Socket _listener;
    private readonly string _host;
    private readonly byte[] _token;
    private readonly Dictionary<string, SessionKeeper> _keepers;

    /// <summary>Makes it.</summary>
    /// <param name="listener">From <see cref="LoopbackServer.Listen"/>.</param>
    /// <param name="token">What a client's Authorization header must say.</param>
    /// <param name="keepers">One for each profile.</param>
    public CredentialEndpoint(Socket listener, string token, IEnumerable<SessionKeeper> keepers)
    {
        _listener = listener;
        _host = LoopbackServer.HostOf(listener);
        _token = Encoding.Latin1.GetBytes(token);
        _keepers = keepers.ToDictionary(keeper => PathOf(keeper.Profile));
    }

    /// <summary>Where a profile's keys are.</summary>
    public static string AddressOf(Socket listener, string profile) => $"http://{LoopbackServer.HostOf(listener)}{PathOf(profile)}";

    /// <summary>Serves, and keeps the sessions new, until told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        // Threads of their own: a renewal waits for locks, commands and AWS.
        var keeping = _keepers.Values
            .Select(keeper => Task.Factory.StartNew(() => keeper.Run(stop), stop, TaskCreationOptions.LongRunning, TaskScheduler.Default))
            .ToList();
        await new LoopbackServer(_listener, (request, _) => Answer(request)).RunAsync(stop).ConfigureAwait(false);
        await Task.WhenAll(keeping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Answers a request, from memory.</summary>
    internal LoopbackAnswer Answer(LoopbackRequest request)
    {
        if (request.Host != _host)
        {
            return LoopbackAnswer.Refusal(400, "BadRequest", "The Host header is not this endpoint's address.");
        }

        if (request.Method != "GET")
        {
            return LoopbackAnswer.Refusal(405, "MethodNotAllowed", "Only GET is served.", "Allow: GET");
        }

        if (!CryptographicOperations.FixedTimeEquals(Encoding.Latin1.GetBytes(request.Authorization ?? string.Empty), _token))
        {
            return LoopbackAnswer.Refusal(401, "Unauthorized", "The Authorization header is not this endpoint's token.");
        }

        if (!_keepers.TryGetValue(request.Target, out var keeper))
        {
            return LoopbackAnswer.Refusal(404, "NotFound", "This endpoint serves no such profile.");
        }

        return keeper.Find() is { } session ? Keys(session) : Nothing(keeper);
    }

    // All four, and no other: the SDK for JavaScript wants a Z at the end of the time.
    private static LoopbackAnswer Keys(MfaSession session) => LoopbackAnswer.Object(
        200,
        headers: null,
        ("AccessKeyId", session.AccessKeyId),
        ("SecretAccessKey", session.SecretAccessKey),
        ("Token", session.SessionToken),
        ("Expiration", session.ExpirationText));

    // botocore and Go's SDK show these words.
    private static LoopbackAnswer Nothing(SessionKeeper keeper)
    {
        var error = keeper.WhyNone();
        return LoopbackAnswer.Refusal(503, error.Id.ToString(), Remedies.ForProgram(error.ToString()));
    }

    private static string PathOf(string profile) => "/" + Uri.EscapeDataString(profile);
}
