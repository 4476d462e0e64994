using System.Net;
using System.Net.Sockets;
using MfaSts.Errors;

namespace MfaSts.Aws.Tests;

public sealed class StsGatewayWireTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(400);

    [Fact]
    public async Task NobodyListens_IsUnreachableAndNothingWasSent()
    {
        var failure = await Calls.FailAsync(Calls.To(new Uri($"http://127.0.0.1:{FreePort()}")));

        AssertUnreachable(failure, nothingWasSent: true, "refused the connection");
    }

    [Fact]
    public async Task NameDoesNotResolve_IsUnreachableAndNothingWasSent()
    {
        var failure = await Calls.FailAsync(Calls.To(new Uri("http://sts.mfasts.invalid")));

        AssertUnreachable(failure, nothingWasSent: true, "the name 'sts.mfasts.invalid' cannot be resolved");
    }

    [Fact]
    public async Task ServerResetsBeforeTheRequest_IsUnreachable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int connections = 0;
        var server = SlamAsync();

        var failure = await Calls.FailAsync(Calls.To(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}")));

        Assert.Equal(MfaErrorId.StsUnreachable, failure.Error.Id);
        Assert.Equal(1, connections);
        listener.Stop();

        // Whether it was waiting for the next one then, or just about to.
        Assert.True(await Record.ExceptionAsync(() => server) is SocketException or InvalidOperationException);

        async Task SlamAsync()
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
                connections++;
                client.LingerState = new LingerOption(true, 0);
            }
        }
    }

    [Fact]
    public async Task TimeLimitBeforeTheConnectionStands_NothingWasSent()
    {
        // The server waits for an HTTP request, the client for a TLS greeting: neither comes.
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", Answers.Session());

        var failure = await Calls.FailAsync(Calls.To(new Uri($"https://127.0.0.1:{endpoint.Port}"), Short));

        AssertUnreachable(failure, nothingWasSent: true, "no connection was made within 0.4 seconds");
    }

    [Fact]
    public async Task TimeLimitAfterTheRequest_ItMayHaveBeenSent()
    {
        var (failure, limit) = await Calls.TimeOutAsync(c => c.HoldAsync());

        AssertUnreachable(failure, nothingWasSent: false, FormattableString.Invariant($"no complete answer came within {limit} seconds"));
        Assert.Contains("may be spent", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("200 OK")]
    [InlineData("500 Internal Server Error")]
    public async Task AnswerDripsIn_TimeLimitHoldsForTheWholeOfIt(string status)
    {
        // It would go on for ever: that the call ends at all is the limit's doing.
        var (failure, _) = await Calls.TimeOutAsync(
            async c =>
            {
                await c.SendAsync(Conversation.Head(status, new string('x', 100_000)));
                while (true)
                {
                    await c.SendAsync(" ");
                    await Task.Delay(20, c.Stop);
                }
            },
            endpoint => Assert.Single(endpoint.Requests));

        AssertUnreachable(failure, nothingWasSent: false, "no complete answer");
    }

    [Fact]
    public async Task CallerCancelsWhileWaiting_EndsAtOnceWithTheCallersToken()
    {
        using var cancel = new CancellationTokenSource();
        await using var endpoint = new ScriptedEndpoint(async c =>
        {
            await cancel.CancelAsync();
            await c.HoldAsync();
        });

        var call = new AwsGateway().GetSessionTokenAsync(Calls.To(endpoint.Url), Calls.Serial, Calls.Code, Calls.Duration, cancel.Token);

        var stopped =
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => call.WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken));
        Assert.Equal(cancel.Token, stopped.CancellationToken);
        Assert.Null(stopped.InnerException);
    }

    [Fact]
    public async Task CallerCancelsWithinTheBody_EndsAtOnce()
    {
        using var cancel = new CancellationTokenSource();
        await using var endpoint = new ScriptedEndpoint(async c =>
        {
            await c.SendAsync(Conversation.Head("200 OK", new string('x', 1000)) + "<");
            cancel.CancelAfter(100);
            await c.HoldAsync();
        });

        var call = new AwsGateway().GetSessionTokenAsync(Calls.To(endpoint.Url), Calls.Serial, Calls.Code, Calls.Duration, cancel.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => call.WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task CallerHasCancelledAlready_NothingIsConnected()
    {
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", Answers.Session());
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new AwsGateway().GetSessionTokenAsync(Calls.To(endpoint.Url), Calls.Serial, Calls.Code, Calls.Duration, cancel.Token));
        Assert.Equal(0, endpoint.Connections);
    }

    [Theory]
    [InlineData("")]
    [InlineData("evil.example/")]
    [InlineData("eu-central-1.evil")]
    [InlineData("EU central")]
    public async Task RegionIsNoRegion_IsRefusedUnsent(string region)
    {
        var failure = await Calls.FailAsync(Calls.To(null, region: region));

        Assert.Equal(MfaErrorId.RegionMismatch, failure.Error.Id);
        Assert.True(failure.NothingWasSent);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("/relative")]
    public async Task EndpointIsNoHttpAddress_IsRefusedUnsent(string endpoint)
    {
        var failure = await Calls.FailAsync(Calls.To(new Uri(endpoint, UriKind.RelativeOrAbsolute)));

        Assert.Equal(MfaErrorId.StsUnreachable, failure.Error.Id);
        Assert.Contains("is not an http or https address", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.NothingWasSent);
    }

    [Fact]
    public async Task EndpointHoldsAPassword_ItIsNotShown()
    {
        var failure = await Calls.FailAsync(Calls.To(new Uri($"http://anna:{Calls.Code}@127.0.0.1:{FreePort()}")));

        Assert.Contains("http://127.0.0.1:", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TimeLimitIsNoTimeLimit_IsStillACataloguedErrorUnsent()
    {
        var failure = await Calls.FailAsync(Calls.To(new Uri("http://127.0.0.1:9"), TimeSpan.FromSeconds(-5)));

        Assert.Equal(MfaErrorId.StsFailed, failure.Error.Id);
        Assert.True(failure.NothingWasSent);
    }

    private static void AssertUnreachable(MfaException failure, bool nothingWasSent, string told)
    {
        Assert.True(failure.Error.Id == MfaErrorId.StsUnreachable, failure.ToString());
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
        Assert.Equal(nothingWasSent, failure.NothingWasSent);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
