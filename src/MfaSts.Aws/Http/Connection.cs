using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace MfaSts.Aws;

/// <summary>Makes the connection's rules for one call: nothing is followed, and nothing is trusted that was not asked for.</summary>
internal static class Connection
{
    public static SocketsHttpHandler Create(StsExchange exchange, IWebProxy? proxy, bool useSystemProxy, X509ChainPolicy? trust) => new()
    {
        // A redirect must never carry a code elsewhere.
        AllowAutoRedirect = false,
        Proxy = proxy,

        // On Linux the system has no settings but the variables, and the framework's memory of them may be stale.
        UseProxy = proxy is not null || (useSystemProxy && !OperatingSystem.IsLinux()),
        PlaintextStreamFilter = (context, _) => ValueTask.FromResult(Watch(context, exchange)),
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = trust,
            RemoteCertificateValidationCallback = (_, _, chain, errors) =>
            {
                exchange.CertificateFault = CertificateFault.Describe(errors, chain);
                return errors == SslPolicyErrors.None;
            },
        },
    };

    private static Stream Watch(SocketsHttpPlaintextStreamFilterContext context, StsExchange exchange)
    {
        // The framework's handler, too, connects anew and sends again when a server hangs up on a request that it holds to be repeatable.
        if (exchange.Sent)
        {
            throw new IOException("A call is sent once.");
        }

        // The request for a tunnel goes to the proxy alone and holds nothing of the call, which comes through here again, inside the
        // tunnel.
        return context.InitialRequestMessage.Method == HttpMethod.Connect
            ? context.PlaintextStream
            : new SentMarkStream(context.PlaintextStream, exchange.MarkSent);
    }
}
