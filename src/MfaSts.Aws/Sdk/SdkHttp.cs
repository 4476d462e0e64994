using Amazon.Runtime;
using MfaSts.Sts;

namespace MfaSts.Aws;

/// <summary>
/// Gives the SDK one HTTP client for one call and takes it away afterwards; the SDK's own cache would reuse connections, and with them old
/// proxies.
/// </summary>
internal sealed class SdkHttp(StsCall call, StsExchange exchange) : HttpClientFactory, IDisposable
{
    private HttpClient? _client;

    // The time limit is the call's token, which also holds while the body is read.
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        _client ??= new HttpClient(new ExchangeHandler(call, exchange))
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = BodyReader.Limit,
        };

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    // The SDK forgets the client when a call fails; the owner does not.
    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public void Dispose() => _client?.Dispose();
}
