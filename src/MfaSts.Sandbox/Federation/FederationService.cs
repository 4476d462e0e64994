using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using MfaSts.Sandbox.Query;

namespace MfaSts.Sandbox.Federation;

/// <summary>
/// AWS's sign-in for federated users (IAM user guide, "Enable custom identity broker access to the AWS console"): takes a role's session,
/// and refuses a user's, an expired one, and a SessionDuration with a session that was got with another one, all with the same page.
/// </summary>
internal sealed class FederationService(AccountSet accounts)
{
    /// <summary>Where it is found.</summary>
    internal const string Path = "/federation";

    private const int ShortestSession = 900;
    private const int LongestSession = 43200;

    // As AWS's guide says.
    private static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _tokens = new();

    internal FederationAnswer Serve(IncomingRequest request, DateTimeOffset now) => request.Action switch
    {
        "getSigninToken" => GetToken(request, now),
        "login" => Login(request, now),
        _ => FederationAnswer.Refusal(),
    };

    private FederationAnswer GetToken(IncomingRequest request, DateTimeOffset now)
    {
        if (FindSession(request.Parameter("Session"), now) is not { Role: not null } session || session.Expiration <= now
            || !IsLegal(request.Parameter("SessionDuration"), session))
        {
            return FederationAnswer.Refusal();
        }

        string token = AwsRandom.Secret();
        _tokens[token] = now + TokenLife;
        return FederationAnswer.Token(token);
    }

    private FederationAnswer Login(IncomingRequest request, DateTimeOffset now) =>
        request.Parameter("SigninToken") is { } token && _tokens.TryGetValue(token, out var end) && now < end
        && request.Parameter("Destination") is { Length: > 0 } destination
        ? FederationAnswer.Redirect(destination)
        : FederationAnswer.Refusal();

    private static bool IsLegal(string? duration, SandboxSession session) => duration is null
        || (!session.IsChained && int.TryParse(duration, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            && seconds is >= ShortestSession and <= LongestSession && seconds <= session.Role!.MaxSessionDuration.TotalSeconds);

    private SandboxSession? FindSession(string? json, DateTimeOffset now)
    {
        try
        {
            using var keys = JsonDocument.Parse(json ?? string.Empty);
            string? Text(string name) => keys.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
            var session = accounts.FindPrincipal(Text("sessionId") ?? string.Empty, now)?.Session;
            return session?.SecretAccessKey == Text("sessionKey") && session?.SessionToken == Text("sessionToken") ? session : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
