using MfaSts.Errors;

namespace MfaSts.Aws.Tests;

/// <summary>A code is spent by sending it. Whatever happens, it is sent once.</summary>
public sealed class StsGatewaySendsOnceTests
{
    [Fact]
    public Task ServerClosesAfterReading_IsSentOnce() => SendsOnceAsync(_ => Task.CompletedTask, MfaErrorId.StsUnreachable);

    [Fact]
    public Task ServerResets_IsSentOnce() => SendsOnceAsync(
        c =>
        {
            c.Reset();
            return Task.CompletedTask;
        },
        MfaErrorId.StsUnreachable);

    [Fact]
    public Task ServerResetsWithinTheAnswer_IsSentOnce() => SendsOnceAsync(
        async c =>
        {
            await c.SendAsync(Conversation.Head("200 OK", new string('x', 1000)) + "<Get");
            await Task.Delay(100, c.Stop);
            c.Reset();
        },
        MfaErrorId.StsFailed);

    [Theory]
    [InlineData("500 Internal Server Error", "InternalFailure", MfaErrorId.StsFailed)]
    [InlineData("503 Service Unavailable", "ServiceUnavailable", MfaErrorId.StsFailed)]
    [InlineData("503 Service Unavailable", "SlowDown", MfaErrorId.StsThrottled)]
    [InlineData("400 Bad Request", "Throttling", MfaErrorId.StsThrottled)]
    [InlineData("408 Request Timeout", "RequestTimeout", MfaErrorId.StsFailed)]
    [InlineData("403 Forbidden", "RequestTimeTooSkewed", MfaErrorId.ClockSkewed)]
    public Task ServerAnswersAnErrorThatTheSdkWouldRetry_IsSentOnce(string status, string code, MfaErrorId expected) => SendsOnceAsync(
        c => c.AnswerAsync(status, Answers.Error(code, "Try again."), "Date: Tue, 06 May 2031 06:00:00 GMT\r\n"), expected);

    [Theory]
    [InlineData("500 Internal Server Error")]
    [InlineData("502 Bad Gateway")]
    [InlineData("504 Gateway Timeout")]
    public Task ServerAnswersAnErrorWithoutBody_IsSentOnce(string status) =>
        SendsOnceAsync(c => c.AnswerAsync(status, string.Empty), MfaErrorId.StsFailed);

    [Fact]
    public Task ServerAnswersGarbage_IsSentOnce() => SendsOnceAsync(c => c.AnswerAsync("200 OK", "<<<"), MfaErrorId.StsFailed);

    [Fact]
    public async Task ServerNeverAnswers_IsSentOnce()
    {
        var (failure, _) = await Calls.TimeOutAsync(
            c => c.HoldAsync(),
            endpoint => Assert.Equal((1, 1), (endpoint.Requests.Count, endpoint.Connections)));

        Assert.Equal(MfaErrorId.StsUnreachable, failure.Error.Id);
    }

    [Fact]
    public Task ServerSaysTheClockIsWrong_IsSentOnce() => SendsOnceAsync(
        c => c.AnswerAsync(
            "403 Forbidden",
            Answers.Error("SignatureDoesNotMatch", "Signature expired: A is now earlier than B (C - 15 min.)"),
            "Date: Tue, 06 May 2031 06:00:00 GMT\r\n"),
        MfaErrorId.ClockSkewed);

    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("302 Found")]
    [InlineData("303 See Other")]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public async Task ServerRedirects_IsNotFollowed(string status)
    {
        await using var elsewhere = ScriptedEndpoint.Answering("200 OK", Answers.Session());
        await using var endpoint = ScriptedEndpoint.Answering(status, Answers.Session(), $"Location: {elsewhere.Url}\r\n");

        var failure = await Calls.FailAsync(Calls.To(endpoint.Url));

        Assert.Equal(MfaErrorId.StsFailed, failure.Error.Id);
        Assert.Contains($"redirected to '{elsewhere.Url.OriginalString}", failure.Message, StringComparison.Ordinal);
        Assert.Single(endpoint.Requests);
        Assert.Equal(0, elsewhere.Connections);
    }

    [Fact]
    public async Task RedirectThatEchoesTheCode_ShowsNoCode()
    {
        await using var endpoint =
            ScriptedEndpoint.Answering("302 Found", string.Empty, $"Location: http://127.0.0.1:9/?TokenCode={Calls.Code}\r\n");

        var failure = await Calls.FailAsync(Calls.To(endpoint.Url));

        Assert.Contains("TokenCode=[hidden]", failure.Message, StringComparison.Ordinal);
    }

    private static async Task SendsOnceAsync(Func<Conversation, Task> script, MfaErrorId expected)
    {
        await using var endpoint = new ScriptedEndpoint(script);

        var failure = await Calls.FailAsync(Calls.To(endpoint.Url));

        Assert.True(expected == failure.Error.Id, failure.ToString());
        Assert.False(failure.NothingWasSent);
        Assert.Single(endpoint.Requests);
        Assert.Equal(1, endpoint.Connections);
    }
}
