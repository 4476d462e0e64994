using System.Net.Http.Headers;

namespace MfaSts.Sandbox.Signing;

/// <summary>Signs HTTP calls to STS and IAM, on the same canonical form by which the sandbox checks them.</summary>
public sealed class SigV4Signer
{
    private readonly string _accessKeyId;
    private readonly string _secretAccessKey;
    private readonly string? _sessionToken;
    private readonly string _region;
    private readonly string _service;
    private readonly TimeProvider _clock;

    /// <summary>A signer for one set of keys, one region and one service.</summary>
    /// <param name="accessKeyId">The access key ID.</param>
    /// <param name="secretAccessKey">The secret access key.</param>
    /// <param name="sessionToken">The session token of temporary keys; null for long-term ones.</param>
    /// <param name="region">The region.</param>
    /// <param name="service"><c>sts</c> or <c>iam</c>.</param>
    /// <param name="clock">The clock to sign by; the system's when left out.</param>
    public SigV4Signer(
        string accessKeyId,
        string secretAccessKey,
        string? sessionToken = null,
        string region = "us-east-1",
        string service = "sts",
        TimeProvider? clock = null)
    {
        _accessKeyId = accessKeyId;
        _secretAccessKey = secretAccessKey;
        _sessionToken = sessionToken;
        _region = region;
        _service = service;
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>Adds X-Amz-Date, X-Amz-Security-Token and Authorization. Host, Content-Type and every X-Amz header are signed.</summary>
    public async Task SignAsync(HttpRequestMessage request, CancellationToken cancellationToken = default)
    {
        var uri = request.RequestUri ?? throw new ArgumentException("The request has no address.", nameof(request));
        string timestamp = AwsTime.Basic(_clock.GetUtcNow());
        Replace(request.Headers, "X-Amz-Date", timestamp);
        Replace(request.Headers, "X-Amz-Security-Token", _sessionToken);
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var canonical = new CanonicalRequest(
            request.Method.Method, uri.AbsolutePath, uri.Query.TrimStart('?'), HeadersToSign(request, uri), SigV4.Hash(body));
        var scope = new CredentialScope(timestamp[..8], _region, _service);
        string signature = SigV4.Sign(_secretAccessKey, timestamp, scope, canonical);
        request.Headers.Authorization = new AuthenticationHeaderValue(
            SigV4.Algorithm, $"Credential={_accessKeyId}/{scope}, SignedHeaders={canonical.SignedHeaders}, Signature={signature}");
    }

    /// <summary>The access key ID; never a secret.</summary>
    public override string ToString() => $"{_accessKeyId} for {_service} in {_region}";

    private static IEnumerable<KeyValuePair<string, IEnumerable<string>>> HeadersToSign(HttpRequestMessage request, Uri uri)
    {
        yield return new("host", [request.Headers.Host ?? uri.Authority]);
        if (request.Content?.Headers.ContentType is { } contentType)
        {
            yield return new("content-type", [contentType.ToString()]);
        }

        foreach (var header in request.Headers)
        {
            if (header.Key.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase))
            {
                // HttpClient sends several values as one, joined like this.
                yield return new(header.Key, [string.Join(", ", header.Value)]);
            }
        }
    }

    private static void Replace(HttpRequestHeaders headers, string name, string? value)
    {
        headers.Remove(name);
        if (value is not null)
        {
            headers.TryAddWithoutValidation(name, value);
        }
    }
}
