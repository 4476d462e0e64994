using MfaSts.Profiles;
using MfaSts.Sessions;

namespace MfaSts.Cli.Endpoint;

/// <summary>
/// The environment of a command that takes its keys from the endpoint: where that is, and nothing that an SDK would take before it (AWS
/// SDKs and Tools reference guide, "Standardized credential providers"; what each SDK does was tried).
/// </summary>
/// <param name="variables">The caller's environment.</param>
internal sealed class ServedEnvironment(EnvironmentVariables variables)
{
    private const string Loopback = "127.0.0.1";

    // In one SDK or another these go before the endpoint, or before its token.
    private static readonly string[] Endpoints =
        ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "AWS_CREDENTIAL_FILE", "AWS_SDK_LOAD_CONFIG"];

    /// <summary>What is taken away. Some of it is then set anew.</summary>
    public static IEnumerable<string> Removed { get; } =
        [.. SessionVariables.Keys, .. SessionVariables.Hiding, .. SessionVariables.HidingProfile, .. Endpoints];

    /// <summary>Where the keys of a session's profile are, and its region.</summary>
    public static Dictionary<string, string> Address(string address, string token, MfaSession session)
    {
        var set = new Dictionary<string, string>
        {
            ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = address,
            ["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = token,
        };
        foreach (string name in session.Region is null ? [] : SessionVariables.Region)
        {
            set[name] = session.Region!;
        }

        return set;
    }

    /// <summary>All that is set for a command.</summary>
    public Dictionary<string, string> For(string address, string token, MfaSession session, PrivateConfig config)
    {
        var set = Address(address, token, session);
        set[SessionVariables.Profile] = session.Profile;
        set[SessionVariables.AwsProfile] = config.Profile;
        set["AWS_CONFIG_FILE"] = config.Path;

        // .NET sends even this to the proxy. Some programs read one of the two, some the other.
        set["NO_PROXY"] = WithLoopback(variables["NO_PROXY"] ?? variables["no_proxy"]);
        set["no_proxy"] = WithLoopback(variables["no_proxy"] ?? variables["NO_PROXY"]);
        return set;
    }

    private static string WithLoopback(string? list) => list switch
    {
        null => Loopback,
        "*" => list,
        _ when list.Split(',', StringSplitOptions.TrimEntries).Contains(Loopback) => list,
        _ => $"{list},{Loopback}",
    };
}
