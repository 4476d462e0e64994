using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MfaSts.Errors;

namespace MfaSts.Aws;

/// <summary>Names what went wrong between this machine and AWS.</summary>
internal sealed class WireFailure(StsOperation operation, StsExchange exchange)
{
    /// <summary>Where the call went, or was meant to go; never with a user or password.</summary>
    public static string Endpoint(StsOperation operation, StsExchange exchange) =>
        (exchange.Address ?? operation.Call.EndpointUrl) is { IsAbsoluteUri: true } address ? Show(address) : operation.Call.Region;

    public MfaException Name(Exception failure) => failure switch
    {
        UnusableAnswerException answer => Unusable(answer.Message),
        OperationCanceledException => Unreachable(TimeLimit(), null),
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded } =>
            Unusable("what it answered is not HTTP"),
        HttpRequestException or IOException when exchange.Status is not null => Unusable("the answer broke off"),
        HttpRequestException http => Unreachable(Why(http), http),
        _ => Unreachable($"the connection failed ({failure.GetType().Name})", null),
    };

    private MfaException Unreachable(string why, Exception? cause) =>
        ServiceErrors.Unreachable(operation, Endpoint(operation, exchange), why, !exchange.Sent, cause, Hint());

    // A company's proxy that opens TLS signs with an authority of its own.
    private string? Hint() => exchange.CertificateFault is not null
        ? operation.Call.CaBundlePath is { } path
            ? $"The authorities trusted for AWS are those in '{path}' (AWS_CA_BUNDLE, ca_bundle or REQUESTS_CA_BUNDLE)."
            : "If a proxy of your company opens TLS, name the file of its certificate authority in AWS_CA_BUNDLE, or as ca_bundle in the "
                + "profile's configuration."
        : exchange.ProxyRemark;

    private MfaException Unusable(string what) => ServiceErrors.Failed(operation, Endpoint(operation, exchange), what);

    private string TimeLimit()
    {
        string seconds = operation.Call.Timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        return exchange.Sent
            ? $"no complete answer came within {seconds} seconds"
            : $"no connection was made within {seconds} seconds";
    }

    private string Why(HttpRequestException failure) => failure.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => $"the name '{NextHop.IdnHost}' cannot be resolved",
        HttpRequestError.SecureConnectionError => exchange.CertificateFault ?? "no secure connection (TLS) could be made",
        HttpRequestError.ProxyTunnelError => TunnelRefused(failure.StatusCode),
        HttpRequestError.ConnectionError => $"{Show(NextHop)} {Refusal(failure)}",
        _ when exchange.Sent => "the connection was closed before an answer came",
        _ => "the connection was closed before the request was sent",
    };

    private string TunnelRefused(HttpStatusCode? status) => status == HttpStatusCode.ProxyAuthenticationRequired
        ? $"the proxy {Show(NextHop)} asks for a user name and password, or does not accept those given (HTTP 407)"
        : $"the proxy {Show(NextHop)} refused to connect{(status is { } s ? $" (HTTP {(int)s})" : string.Empty)}";

    private static string Refusal(Exception failure) => failure.InnerException is SocketException { SocketErrorCode: var error }
        ? error switch
        {
            SocketError.ConnectionRefused => "refused the connection",
            SocketError.TimedOut => "did not answer the connection",
            SocketError.NetworkUnreachable or SocketError.HostUnreachable => "cannot be reached from this network",
            _ => $"cannot be connected to ({error})",
        }
        : "cannot be connected to";

    // With a proxy in between it is the proxy that is resolved and connected to.
    private Uri NextHop => exchange.Proxy ?? exchange.Address!;

    private static string Show(Uri address) => address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
