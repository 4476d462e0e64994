namespace MfaSts.Aws.Tests;

public sealed class ExchangeHandlerTests
{
    [Fact]
    public async Task Send_SecondRequest_IsRefusedUnsent()
    {
        await using var endpoint = new ScriptedEndpoint(c => c.AnswerAsync("200 OK", "first"));
        using var client = Client(endpoint);
        await client.GetStringAsync(endpoint.Url, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => client.GetStringAsync(endpoint.Url, TestContext.Current.CancellationToken));

        Assert.Equal(1, endpoint.Connections);
    }

    [Fact]
    public async Task Send_ServerHangsUpOnARequestThatTheHandlerWouldRepeat_IsSentOnce()
    {
        // Without a body to remember, the framework's handler sends up to four times.
        await using var endpoint = new ScriptedEndpoint(_ => Task.CompletedTask);
        using var client = Client(endpoint);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(endpoint.Url, TestContext.Current.CancellationToken));

        Assert.Single(endpoint.Requests);
    }

    private static HttpClient Client(ScriptedEndpoint endpoint) =>
        new(new ExchangeHandler(Calls.To(endpoint.Url), new StsExchange(TimeProvider.System)));
}
