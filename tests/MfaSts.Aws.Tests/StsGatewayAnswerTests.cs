using MfaSts.Errors;

namespace MfaSts.Aws.Tests;

public sealed class StsGatewayAnswerTests
{
    [Fact]
    public async Task GetSessionToken_WholeAnswer_GivesTheKeysAndTheServicesTime()
    {
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", Answers.Session(), "Date: Tue, 06 May 2031 06:00:00 GMT\r\n");

        var answer = await Calls.GetSessionTokenAsync(Calls.To(endpoint.Url));

        Assert.Equal(Answers.AccessKeyId, answer.Value.AccessKeyId);
        Assert.Equal(Answers.SecretAccessKey, answer.Value.SecretAccessKey);
        Assert.Equal(Answers.SessionToken, answer.Value.SessionToken);
        Assert.Equal(new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero), answer.Value.Expiration);
        Assert.Equal(TimeSpan.Zero, answer.Value.Expiration.Offset);
        Assert.Equal(new DateTimeOffset(2031, 5, 6, 6, 0, 0, TimeSpan.Zero), answer.ServiceTime);
    }

    [Fact]
    public async Task GetSessionToken_AnyCall_SendsWhatWasGivenSignedForTheRegion()
    {
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", Answers.Session());

        await Calls.GetSessionTokenAsync(Calls.To(endpoint.Url, region: "ap-south-2"));

        string request = Assert.Single(endpoint.Requests);
        Assert.Contains("Action=GetSessionToken", request, StringComparison.Ordinal);
        Assert.Contains("DurationSeconds=3600", request, StringComparison.Ordinal);
        Assert.Contains("SerialNumber=arn%3Aaws%3Aiam%3A%3A123456789012%3Amfa%2Fanna", request, StringComparison.Ordinal);
        Assert.Contains($"TokenCode={Calls.Code}", request, StringComparison.Ordinal);
        Assert.Contains($"Credential={Calls.AccessKeyId}/", request, StringComparison.Ordinal);
        Assert.Contains("/ap-south-2/sts/aws4_request", request, StringComparison.Ordinal);
        Assert.DoesNotContain("x-amz-security-token", request, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("app/MfaSts", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetCallerIdentity_SessionKeys_SendsTheTokenAndGivesTheCaller()
    {
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", Answers.Identity());

        var answer = await new AwsGateway().GetCallerIdentityAsync(
            Calls.To(endpoint.Url, sessionToken: Calls.SessionToken), TestContext.Current.CancellationToken);

        Assert.Equal("123456789012", answer.Value.AccountId);
        Assert.Equal("arn:aws:iam::123456789012:user/anna", answer.Value.Arn);
        Assert.Equal("AIDAEXAMPLE", answer.Value.UserId);
        Assert.Null(answer.ServiceTime);
        Assert.Contains(
            $"x-amz-security-token: {Calls.SessionToken}", Assert.Single(endpoint.Requests), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task GetSessionToken_EndpointWithPath_CallsThatPath()
    {
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", Answers.Session());

        await Calls.GetSessionTokenAsync(Calls.To(new Uri(endpoint.Url, "/deep/sts")));

        Assert.StartsWith("POST /deep/sts", Assert.Single(endpoint.Requests), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> UnusableAnswers => new()
    {
        { "empty", string.Empty },
        { "html", "<html><head><title>Sign in</title></head><body>Welcome to the hotel</body></html>" },
        { "text", "it works" },
        { "JSON", "{\"Credentials\":{}}" },
        { "entities", "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><x>&b;&b;</x>" },
        { "cut", Answers.Session()[..220] },
        { "no keys", Answers.Keys(string.Empty) },
        { "other action", Answers.Identity() },
        { "no key id", Answers.Session(accessKeyId: string.Empty) },
        { "no secret", Answers.Session(secret: string.Empty) },
        { "no token", Answers.Session(token: string.Empty) },
        { "no expiration", Answers.Session(expiration: string.Empty) },
        { "no date", Answers.Session(expiration: "soon") },
        { "short key id", Answers.Session(accessKeyId: "ASIA") },
        { "key id with a blank", Answers.Session(accessKeyId: "ASIAEXAMPLE EXAMPLE1") },
        { "secret with a line break", Answers.Session(secret: "abc&#10;[other]") },
        { "token with a blank", Answers.Session(token: "abc def") },
        { "token beyond ASCII", Answers.Session(token: "abcé") },
    };

    [Theory]
    [MemberData(nameof(UnusableAnswers))]
    public async Task GetSessionToken_UnusableAnswer_IsStsFailed(string kind, string body)
    {
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", body);

        var failure = await Calls.FailAsync(Calls.To(endpoint.Url));

        Assert.True(failure.Error.Id == MfaErrorId.StsFailed, kind + ": " + failure);
        Assert.False(failure.NothingWasSent);
        Assert.Single(endpoint.Requests);
    }

    [Theory]
    [InlineData("12345678901")]
    [InlineData("12345678901x")]
    [InlineData("")]
    public async Task GetCallerIdentity_NoAccountInTheAnswer_IsStsFailed(string account)
    {
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", Answers.Identity(account));

        var failure = await Assert.ThrowsAsync<MfaException>(
            () => new AwsGateway().GetCallerIdentityAsync(Calls.To(endpoint.Url), TestContext.Current.CancellationToken));

        Assert.Equal(MfaErrorId.StsFailed, failure.Error.Id);
        Assert.Contains("no usable account", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetSessionToken_AnswerBeyondTheSizeLimit_IsStsFailed()
    {
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", Answers.Session() + new string(' ', BodyReader.Limit));

        var failure = await Calls.FailAsync(Calls.To(endpoint.Url));

        Assert.Equal(MfaErrorId.StsFailed, failure.Error.Id);
        Assert.Contains("larger than", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetSessionToken_LongAnswerWithinTheSizeLimit_IsTaken()
    {
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", Answers.Session() + new string(' ', BodyReader.Limit / 2));

        var answer = await Calls.GetSessionTokenAsync(Calls.To(endpoint.Url));

        Assert.Equal(Answers.AccessKeyId, answer.Value.AccessKeyId);
    }

    [Fact]
    public async Task GetSessionToken_ServerThatSpeaksNoHttp_IsStsFailed()
    {
        await using var endpoint = new ScriptedEndpoint(c => c.SendAsync("220 mail.example ESMTP\r\n\r\n"));

        var failure = await Calls.FailAsync(Calls.To(endpoint.Url));

        Assert.Equal(MfaErrorId.StsFailed, failure.Error.Id);
        Assert.Contains("not HTTP", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetSessionToken_BodyShorterThanPromised_IsStsFailed()
    {
        string body = Answers.Session();
        await using var endpoint = new ScriptedEndpoint(c => c.SendAsync(Conversation.Head("200 OK", body) + body[..100]));

        var failure = await Calls.FailAsync(Calls.To(endpoint.Url));

        Assert.Equal(MfaErrorId.StsFailed, failure.Error.Id);
        Assert.Contains("broke off", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.NothingWasSent);
    }

    [Theory]
    [InlineData("403 Forbidden", "HTTP 403")]
    [InlineData("502 Bad Gateway", "HTTP 502")]
    public async Task GetSessionToken_ErrorPageOfAnotherServer_IsStsFailedWithTheStatus(string status, string told)
    {
        await using var endpoint = ScriptedEndpoint.Answering(status, $"<html><body>Blocked by proxy {Calls.Secret}</body></html>");

        var failure = await Calls.FailAsync(Calls.To(endpoint.Url));

        Assert.Equal(MfaErrorId.StsFailed, failure.Error.Id);
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gateway_NoCall_SaysSoToTheProgrammer()
    {
        var sts = new AwsGateway();

        await Assert.ThrowsAsync<ArgumentNullException>(
            () => sts.GetSessionTokenAsync(null!, Calls.Serial, Calls.Code, Calls.Duration, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentNullException>(() => sts.GetCallerIdentityAsync(null!, TestContext.Current.CancellationToken));
    }
}
