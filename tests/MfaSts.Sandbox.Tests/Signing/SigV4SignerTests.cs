using System.Net.Http.Headers;
using System.Text;
using MfaSts.Sandbox.Signing;
using MfaSts.Sandbox.Tests.Support;

namespace MfaSts.Sandbox.Tests.Signing;

public sealed class SigV4SignerTests
{
    private static readonly TimeSpan SinceTheClocksStart =
        new DateTimeOffset(2015, 8, 30, 12, 36, 0, TimeSpan.Zero) - new SettableClock().GetUtcNow();

    [Fact]
    public async Task SignAsync_vector_with_a_form_gives_its_authorization()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://example.amazonaws.com/")
        {
            Content = new StringContent("Param1=value1", Encoding.UTF8, new MediaTypeHeaderValue("application/x-www-form-urlencoded")),
        };

        await VectorSigner().SignAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=content-type;host;x-amz-date, "
                + "Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
            request.Headers.Authorization?.ToString());
        Assert.Equal(["20150830T123600Z"], request.Headers.GetValues("X-Amz-Date"));
    }

    [Fact]
    public async Task SignAsync_signed_request_again_gives_the_same()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://example.amazonaws.com/");
        await VectorSigner().SignAsync(request, TestContext.Current.CancellationToken);

        await VectorSigner().SignAsync(request, TestContext.Current.CancellationToken);

        Assert.EndsWith(
            "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
            request.Headers.Authorization?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignAsync_request_without_an_address_is_refused()
    {
        using var request = new HttpRequestMessage();

        await Assert.ThrowsAsync<ArgumentException>(
            "request", () => VectorSigner().SignAsync(request, TestContext.Current.CancellationToken));
    }

    private static SigV4Signer VectorSigner()
    {
        var clock = new SettableClock();
        clock.Advance(SinceTheClocksStart);
        return new SigV4Signer("AKIDEXAMPLE", SigV4VectorTests.Secret, service: "service", clock: clock);
    }
}
