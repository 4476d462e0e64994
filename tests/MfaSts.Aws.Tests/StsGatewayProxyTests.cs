using MfaSts.Errors;

namespace MfaSts.Aws.Tests;

public sealed class StsGatewayProxyTests
{
    private static readonly Uri Far = new("http://sts.mfasts.invalid");

    private static readonly Uri FarSecure = new("https://sts.mfasts.invalid");

    [Theory]
    [InlineData("eu-central-1", false, "sts.eu-central-1.amazonaws.com:443")]
    [InlineData("us-east-1", false, "sts.us-east-1.amazonaws.com:443")]
    [InlineData("us-east-1", true, "sts-fips.us-east-1.amazonaws.com:443")]
    [InlineData("cn-north-1", false, "sts.cn-north-1.amazonaws.com.cn:443")]
    [InlineData("eusc-de-east-1", false, "sts.eusc-de-east-1.amazonaws.eu:443")]
    [InlineData("mars-north-1", false, "sts.mars-north-1.amazonaws.com:443")]
    public async Task NoEndpointGiven_RegionalOneIsCalledThroughTheProxy(string region, bool fips, string host)
    {
        await using var proxy = ScriptedEndpoint.Answering("502 Bad Gateway", "no way");
        using var variables = Proxied("HTTPS_PROXY", $"http://127.0.0.1:{proxy.Port}");

        var failure = await Calls.FailAsync(Calls.To(null, region: region, fips: fips));

        Assert.StartsWith($"CONNECT {host} ", Assert.Single(proxy.Requests), StringComparison.Ordinal);
        Assert.Equal(MfaErrorId.StsUnreachable, failure.Error.Id);
        Assert.Contains(
            $"the proxy http://127.0.0.1:{proxy.Port} refused to connect (HTTP 502)", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.NothingWasSent);
    }

    [Fact]
    public async Task EndpointAndFipsGiven_EndpointIsCalled()
    {
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", Answers.Session());

        await Calls.GetSessionTokenAsync(Calls.To(endpoint.Url, fips: true));

        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task PlainEndpoint_ProxyIsAskedOnceWithItsPassword()
    {
        await using var proxy = ScriptedEndpoint.Answering("200 OK", Answers.Session());
        using var variables = Proxied("http_proxy", $"http://anna:p%40ss@127.0.0.1:{proxy.Port}");

        await Calls.GetSessionTokenAsync(Calls.To(Far));

        string request = Assert.Single(proxy.Requests);
        Assert.StartsWith("POST http://sts.mfasts.invalid/ ", request, StringComparison.Ordinal);
        Assert.Contains("Proxy-Authorization: Basic YW5uYTpwQHNz\r\n", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlainEndpointAndProxyRefusesThePassword_CodeIsSentOnce()
    {
        await using var proxy =
            ScriptedEndpoint.Answering("407 Proxy Authentication Required", "no", "Proxy-Authenticate: Basic realm=\"x\"\r\n");
        using var variables =
            Proxied("HTTP_PROXY", $"http://anna:{Calls.Secret.Replace("/", "%2F", StringComparison.Ordinal)}@127.0.0.1:{proxy.Port}");

        var failure = await Calls.FailAsync(Calls.To(Far));

        Assert.Single(proxy.Requests);
        Assert.Contains("HTTP 407", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.NothingWasSent);
    }

    [Fact]
    public async Task SecureEndpoint_IsCalledThroughATunnelThatAsksForAPassword()
    {
        using var folder = new TemporaryFolder();
        using var authority = TestCertificates.Authority();
        using var certificate = TestCertificates.SignedBy(authority, Far.Host);
        await using var endpoint = new ScriptedEndpoint(c => c.AnswerAsync("200 OK", Answers.Session()), certificate);
        await using var proxy =
            new ScriptedEndpoint(c => c.Request.Contains("Proxy-Authorization: Basic YW5uYTpwdw==", StringComparison.Ordinal)
            ? c.RelayAsync(endpoint.Port)
            : c.AnswerAsync("407 Proxy Authentication Required", string.Empty, "Proxy-Authenticate: Basic realm=\"x\"\r\n"));
        using var variables = Proxied("HTTPS_PROXY", $"http://anna:pw@127.0.0.1:{proxy.Port}");

        await Calls.GetSessionTokenAsync(Calls.To(FarSecure, caBundle: folder.Write("ca.pem", authority.ExportCertificatePem())));

        Assert.Single(endpoint.Requests);
        Assert.DoesNotContain("Proxy-Authorization", endpoint.Requests[0], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task ServerClosesWithinTheTunnel_ItMayHaveBeenSent()
    {
        using var folder = new TemporaryFolder();
        using var certificate = TestCertificates.SelfSigned(Far.Host);
        await using var endpoint = new ScriptedEndpoint(_ => Task.CompletedTask, certificate);
        await using var proxy = new ScriptedEndpoint(c => c.RelayAsync(endpoint.Port));
        using var variables = Proxied("HTTPS_PROXY", $"http://127.0.0.1:{proxy.Port}");

        var failure = await Calls.FailAsync(Calls.To(FarSecure, caBundle: folder.Write("ca.pem", certificate.ExportCertificatePem())));

        Assert.False(failure.NothingWasSent);
        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task CertificateWithinTheTunnelIsRefused_NothingWasSent()
    {
        using var certificate = TestCertificates.SelfSigned(Far.Host);
        await using var endpoint = new ScriptedEndpoint(c => c.AnswerAsync("200 OK", Answers.Session()), certificate);
        await using var proxy = new ScriptedEndpoint(c => c.RelayAsync(endpoint.Port));
        using var variables = Proxied("HTTPS_PROXY", $"http://127.0.0.1:{proxy.Port}");

        var failure = await Calls.FailAsync(Calls.To(FarSecure));

        Assert.Contains("not signed by an authority", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.NothingWasSent);
    }

    [Fact]
    public async Task ProxyWantsAPasswordThatIsNotThere_SaysSoUnsent()
    {
        await using var proxy =
            ScriptedEndpoint.Answering("407 Proxy Authentication Required", string.Empty, "Proxy-Authenticate: Basic realm=\"x\"\r\n");
        using var variables = Proxied("HTTPS_PROXY", $"http://127.0.0.1:{proxy.Port}");

        var failure = await Calls.FailAsync(Calls.To(FarSecure));

        Assert.Contains("asks for a user name and password", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.NothingWasSent);
    }

    [Fact]
    public async Task ProxyIsNotThere_ItIsTheProxyThatIsNamed()
    {
        using var variables = Proxied("HTTPS_PROXY", $"http://anna:{Calls.Code}@proxy.mfasts.invalid:3128");

        var failure = await Calls.FailAsync(Calls.To(FarSecure));

        Assert.Contains("the name 'proxy.mfasts.invalid' cannot be resolved", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.NothingWasSent);
    }

    [Fact]
    public async Task ProxyVariableIsNoAddress_IsNamedWithoutItsValue()
    {
        using var variables = Proxied("HTTPS_PROXY", $"ftp://anna:{Calls.Code}@proxy");

        var failure = await Calls.FailAsync(Calls.To(FarSecure));

        Assert.Equal(MfaErrorId.StsUnreachable, failure.Error.Id);
        Assert.Contains("HTTPS_PROXY", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.NothingWasSent);
    }

    [Fact]
    public async Task ProxyVariableChangesBetweenCalls_EachCallTakesTheCurrentOne()
    {
        await using var first = ScriptedEndpoint.Answering("200 OK", Answers.Session());
        await using var second = ScriptedEndpoint.Answering("200 OK", Answers.Session());
        using (Proxied("HTTP_PROXY", first.Url.AbsoluteUri))
        {
            await Calls.GetSessionTokenAsync(Calls.To(Far));
        }

        using (Proxied("HTTP_PROXY", second.Url.AbsoluteUri))
        {
            await Calls.GetSessionTokenAsync(Calls.To(Far));
        }

        Assert.Single(first.Requests);
        Assert.Single(second.Requests);
    }

    [Fact]
    public async Task LoopbackEndpoint_IsCalledDirectly()
    {
        await using var proxy = ScriptedEndpoint.Answering("502 Bad Gateway", string.Empty);
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", Answers.Session());
        using var variables = Proxied("ALL_PROXY", proxy.Url.AbsoluteUri);

        await Calls.GetSessionTokenAsync(Calls.To(endpoint.Url));

        Assert.Equal(0, proxy.Connections);
    }

    private static EnvironmentScope Proxied(string name, string value)
    {
        string[] all = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"];
        return new EnvironmentScope([.. all.Select(other => (other, other == name ? value : null))]);
    }
}
