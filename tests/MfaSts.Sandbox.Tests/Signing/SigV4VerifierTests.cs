using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using MfaSts.Sandbox.Signing;
using MfaSts.Sandbox.Tests.Support;

namespace MfaSts.Sandbox.Tests.Signing;

public sealed class SigV4VerifierTests
{
    private const string Mismatch =
        "The request signature we calculated does not match the signature you provided. "
        + "Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

    [Theory]
    [InlineData("us-east-1")]
    [InlineData("eu-central-1")]
    public async Task Call_signed_for_any_region_is_served(string region)
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await SendAsync(sandbox, region: region)).AssertServed();
    }

    [Fact]
    public async Task Call_by_get_with_an_encoded_query_is_served()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        string device = Uri.EscapeDataString(sandbox.Device.SerialNumber);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(
            sandbox.Server.Endpoint, $"?Version=2011-06-15&TokenCode={sandbox.Code}&SerialNumber={device}&Action=GetSessionToken"));
        await sandbox.SignerOf(sandbox.AliceKeys).SignAsync(request, TestContext.Current.CancellationToken);

        (await TestSandbox.SendAsync(request)).AssertServed();
    }

    [Fact]
    public async Task Call_with_the_date_header_in_place_of_x_amz_date_is_served()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await SendAsync(sandbox, after: request =>
        {
            request.Headers.Remove("X-Amz-Date");
            request.Headers.Date = sandbox.Clock.GetUtcNow();
            SignByHand(sandbox, request);
        })).AssertServed();
    }

    [Fact]
    public async Task Call_without_authorization_is_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await SendAsync(sandbox, after: request => request.Headers.Authorization = null))
            .AssertRefused(HttpStatusCode.Forbidden, "MissingAuthenticationToken", "Request is missing Authentication Token");
    }

    [Theory]
    [InlineData("Bearer x", "Unsupported AWS 'algorithm': 'Bearer'.")]
    [InlineData(
        "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request",
        "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter.")]
    [InlineData(
        "AWS4-HMAC-SHA256 Credential= a/b/c/d/aws4_request, x, SignedHeaders=host, Signature=0",
        "'x' not a valid key=value pair (missing equal-sign) in Authorization header.")]
    [InlineData(
        "AWS4-HMAC-SHA256 Credential=a/b/c/aws4_request, SignedHeaders=host, Signature=0",
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'a/b/c/aws4_request'")]
    [InlineData(
        "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws3_request, SignedHeaders=host, Signature=0",
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'a/b/c/d/aws3_request'")]
    public async Task Call_with_a_malformed_authorization_is_refused(string authorization, string message)
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await SendAsync(sandbox, after: request => Authorize(request, _ => authorization)))
            .AssertRefused(HttpStatusCode.BadRequest, "IncompleteSignature", message);
    }

    [Fact]
    public async Task Call_without_a_date_is_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await SendAsync(sandbox, after: request => request.Headers.Remove("X-Amz-Date"))).AssertRefused(
            HttpStatusCode.BadRequest, "IncompleteSignature",
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
    }

    [Fact]
    public async Task Call_with_an_unknown_key_is_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await sandbox.CallAsAsync(new Keys("AKIAAAAAAAAAAAAAAAAA", sandbox.AliceKeys.SecretAccessKey), "GetCallerIdentity"))
            .AssertRefused(HttpStatusCode.Forbidden, "InvalidClientTokenId", "The security token included in the request is invalid.");
    }

    [Fact]
    public async Task Call_with_a_key_switched_off_is_refused_until_it_is_switched_on()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Alice.AccessKeys[0].IsActive = false;
        (await sandbox.CallAsync("GetCallerIdentity")).AssertRefused(HttpStatusCode.Forbidden, "InvalidClientTokenId");

        sandbox.Alice.AccessKeys[0].IsActive = true;
        (await sandbox.CallAsync("GetCallerIdentity")).AssertServed();
    }

    [Fact]
    public async Task Call_signed_with_another_secret_is_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await sandbox.CallAsAsync(new Keys(sandbox.AliceKeys.AccessKeyId, new string('x', 40)), "GetCallerIdentity"))
            .AssertRefused(HttpStatusCode.Forbidden, "SignatureDoesNotMatch", Mismatch);
    }

    public static TheoryData<string, Action<HttpRequestMessage>> Tampering => new()
    {
        { "body", request => request.Content = new StringContent(
            "Action=GetSessionToken&Version=2011-06-15", new MediaTypeHeaderValue("application/x-www-form-urlencoded")) },
        { "method", request => request.Method = HttpMethod.Put },
        { "query", request => request.RequestUri = new Uri(request.RequestUri!, "?Action=GetSessionToken") },
        { "path", request => request.RequestUri = new Uri(request.RequestUri!, "/other") },
        { "host", request => request.Headers.Host = "sts.amazonaws.com" },
        { "signed header", request => request.Content!.Headers.ContentType!.CharSet = "utf-8" },
        { "timestamp", request => Set(request, "X-Amz-Date", "20260301T080001Z") },
        { "region", request => Exchange(request, "/us-east-1/", "/eu-west-1/") },
        { "service", request => Exchange(request, "/sts/", "/iam/") },
        { "signature's end", request => Authorize(request, header => header[..^1] + (header[^1] == '0' ? '1' : '0')) },
        { "signature's length", request => Authorize(request, header => header[..^1]) },
        { "list of signed headers", request => Exchange(request, "host;", "host;accept;") },
    };

    [Theory]
    [MemberData(nameof(Tampering))]
    public async Task Call_changed_after_it_was_signed_is_refused(string part, Action<HttpRequestMessage> tamper)
    {
        Assert.NotEmpty(part);
        await using var sandbox = await TestSandbox.StartAsync();

        (await SendAsync(sandbox, after: tamper)).AssertRefused(HttpStatusCode.Forbidden, "SignatureDoesNotMatch", Mismatch);
        Assert.Empty(sandbox.Server.Account.Sessions);
    }

    [Fact]
    public async Task Call_whose_host_is_not_signed_is_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await SendAsync(sandbox, after: request => Exchange(request, "host;", string.Empty)))
            .AssertRefused(
                HttpStatusCode.Forbidden, "SignatureDoesNotMatch",
                "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }

    [Theory]
    [InlineData("2e6d31a5983a91251bfae5aefa1c0a19d8ba3cf601d0e8a706b4cfa9661a6b8a", false)]
    [InlineData("UNSIGNED-PAYLOAD", false)]
    [InlineData(null, true)]
    public async Task Call_with_a_signed_payload_hash_is_served_only_when_it_is_the_bodys(string? hash, bool served)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        using var request = sandbox.Request("GetCallerIdentity");
        byte[] body = await request.Content!.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Set(request, "X-Amz-Content-Sha256", hash ?? SigV4.Hash(body));
        await sandbox.SignerOf(sandbox.AliceKeys).SignAsync(request, TestContext.Current.CancellationToken);

        var reply = await TestSandbox.SendAsync(request);

        Assert.Equal(served ? HttpStatusCode.OK : HttpStatusCode.Forbidden, reply.Response.StatusCode);
    }

    [Fact]
    public async Task Call_for_another_service_is_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await SendAsync(sandbox, service: "s3"))
            .AssertRefused(HttpStatusCode.Forbidden, "SignatureDoesNotMatch", "Credential should be scoped to correct service: 'sts'. ");
    }

    [Fact]
    public async Task Call_whose_scope_has_another_day_is_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await SendAsync(sandbox, after: request => Exchange(request, "/20260301/", "/20260228/")))
            .AssertRefused(
                HttpStatusCode.Forbidden, "SignatureDoesNotMatch",
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
                    + "'20260228' != '20260301', from '20260301T080000Z'.");
    }

    [Theory]
    [InlineData(901, "Signature expired: 20260301T080000Z is now earlier than 20260301T080001Z (20260301T081501Z - 15 min.)")]
    [InlineData(-901, "Signature not yet current: 20260301T080000Z is still later than 20260301T075959Z (20260301T074459Z + 15 min.)")]
    public async Task Call_more_than_15_minutes_off_is_refused_with_both_times(int serverAheadBy, string message)
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await SendAsync(sandbox, after: _ => sandbox.Clock.Advance(TimeSpan.FromSeconds(serverAheadBy))))
            .AssertRefused(HttpStatusCode.Forbidden, "SignatureDoesNotMatch", message);
    }

    [Theory]
    [InlineData(900)]
    [InlineData(-900)]
    public async Task Call_15_minutes_off_is_served(int serverAheadBy)
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await SendAsync(sandbox, after: _ => sandbox.Clock.Advance(TimeSpan.FromSeconds(serverAheadBy)))).AssertServed();
    }

    /// <summary>GetCallerIdentity with Alice's keys; <paramref name="after"/> changes the signed request.</summary>
    private static async Task<Reply> SendAsync(
        TestSandbox sandbox, string service = "sts", string region = "us-east-1", Action<HttpRequestMessage>? after = null)
    {
        using var request = sandbox.Request("GetCallerIdentity");
        await sandbox.SignerOf(sandbox.AliceKeys, service, region).SignAsync(request, TestContext.Current.CancellationToken);
        after?.Invoke(request);
        return await TestSandbox.SendAsync(request);
    }

    private static void Set(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    }

    private static void Authorize(HttpRequestMessage request, Func<string, string> change) =>
        Set(request, "Authorization", change(request.Headers.Authorization!.ToString()));

    private static void Exchange(HttpRequestMessage request, string part, string other) =>
        Authorize(request, header => header.Replace(part, other, StringComparison.Ordinal));

    /// <summary>Signs host and Date, which the signer never does, with no blank in the header, as some clients write it.</summary>
    private static void SignByHand(TestSandbox sandbox, HttpRequestMessage request)
    {
        string timestamp = sandbox.Clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = new CredentialScope(timestamp[..8], "us-east-1", "sts");
        var canonical = new CanonicalRequest(
            "POST", "/", string.Empty,
            [
                new("host", [request.RequestUri!.Authority]),
                new("date", request.Headers.GetValues("Date")),
            ],
            SigV4.Hash("Action=GetCallerIdentity&Version=2011-06-15"u8));
        string signature = SigV4.Sign(sandbox.AliceKeys.SecretAccessKey, timestamp, scope, canonical);
        Set(
            request, "Authorization",
            $"AWS4-HMAC-SHA256 Credential={sandbox.AliceKeys.AccessKeyId}/{scope},"
                + $"SignedHeaders={canonical.SignedHeaders},Signature={signature}");
    }
}
