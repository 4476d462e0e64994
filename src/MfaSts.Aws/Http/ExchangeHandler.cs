using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MfaSts.Errors;
using MfaSts.Sts;

namespace MfaSts.Aws;

/// <summary>Carries one request and takes down in the exchange what became of it.</summary>
internal sealed class ExchangeHandler(StsCall call, StsExchange exchange) : DelegatingHandler
{
    private int _used;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The last fence, should a later SDK find one more reason to send again: what left once does not leave twice.
        if (Interlocked.Exchange(ref _used, 1) != 0)
        {
            throw new InvalidOperationException("A call is sent once.");
        }

        var target = request.RequestUri ?? throw new InvalidOperationException("A request without an address.");
        exchange.Address = target;
        Connect(request, target);
        try
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            exchange.Record(response.StatusCode, response.Headers, response.Content.Headers);
            response.Content = await BodyReader.ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
            return response;
        }
        catch (Exception failure)
        {
            exchange.Failure = failure;
            throw;
        }
    }

    // The way is chosen here because only here the address is certain: a regional endpoint's name is the SDK's knowledge.
    private void Connect(HttpRequestMessage request, Uri target)
    {
        var proxy =
            ProxyChoice.For(
                target, Environment.GetEnvironmentVariable, (variable, hint) => MfaErrors.ProxyInvalid(call.Profile, variable, hint));
        exchange.Proxy = proxy.Address;
        exchange.ProxyRemark = proxy.PassedOver is { } name
            ? $"{name} was passed over, since its value is not the address of a proxy."
            : null;
        bool secure = target.Scheme == Uri.UriSchemeHttps;
        var trust = secure && call.CaBundlePath is { } path ? CaBundle.Read(call.Profile, path) : null;

        // Without a tunnel the handler would send the whole request unauthenticated and, told 407, once more. A code travels once: the
        // password goes along.
        bool inClear = !secure && proxy.SpeaksHttp;
        var hop = proxy.Address is { } address ? new WebProxy(address) { Credentials = inClear ? null : proxy.Credential } : null;
        InnerHandler = Connection.Create(exchange, hop, proxy.UseSystem, trust);
        if (inClear && proxy.Credential is { } user)
        {
            byte[] pair = Encoding.UTF8.GetBytes($"{user.UserName}:{user.Password}");
            request.Headers.ProxyAuthorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(pair));
        }
    }
}
