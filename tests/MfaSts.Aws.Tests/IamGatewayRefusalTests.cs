using MfaSts.Errors;

namespace MfaSts.Aws.Tests;

public sealed class IamGatewayRefusalTests
{
    [Theory]
    [InlineData("403 Forbidden", "AccessDenied", "User: x is not authorized to perform: iam:CreateAccessKey", MfaErrorId.AccessDenied)]
    [InlineData(
        "403 Forbidden",
        "InvalidClientTokenId",
        "The security token included in the request is invalid.",
        MfaErrorId.LongTermCredentialRejected)]
    [InlineData(
        "403 Forbidden", "SignatureDoesNotMatch", "Signature expired: A is now earlier than B (C - 15 min.)", MfaErrorId.ClockSkewed)]
    [InlineData("409 Conflict", "LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2", MfaErrorId.AccessKeyLimit)]
    [InlineData("404 Not Found", "NoSuchEntity", "The user with name x cannot be found.", MfaErrorId.IamEntityNotFound)]
    [InlineData("400 Bad Request", "Throttling", "Rate exceeded", MfaErrorId.StsThrottled)]
    [InlineData("400 Bad Request", "ValidationError", "1 validation error detected", MfaErrorId.StsFailed)]
    [InlineData("500 Internal Server Error", "ServiceFailure", "Later.", MfaErrorId.StsFailed)]
    [InlineData("503 Service Unavailable", "ServiceUnavailable", "Later.", MfaErrorId.StsFailed)]
    public async Task AwsRefuses_ErrorIsNamedInItsWordsAndTheCallSentOnce(string status, string code, string text, MfaErrorId expected)
    {
        await using var endpoint =
            ScriptedEndpoint.Answering(status, IamAnswers.Error(code, text), "Date: Tue, 06 May 2031 06:00:00 GMT\r\n");

        var failure = await FailAsync(endpoint.Url);

        Assert.True(expected == failure.Error.Id, failure.ToString());
        Assert.True(
            expected == MfaErrorId.ClockSkewed || failure.Message.Contains(text.TrimEnd('.'), StringComparison.Ordinal), failure.Message);
        Assert.DoesNotContain("STS", failure.Error.ToString(), StringComparison.Ordinal);
        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task AwsRefusesASession_LongTermKeysAreNotBlamed()
    {
        await using var endpoint = ScriptedEndpoint.Answering(
            "403 Forbidden", IamAnswers.Error("InvalidClientTokenId", "The security token included in the request is invalid"));

        Assert.Equal(MfaErrorId.AccessDenied, (await FailAsync(endpoint.Url, Calls.SessionToken)).Error.Id);
    }

    [Fact]
    public async Task AwsEchoesTheSecret_ItIsNotShown()
    {
        await using var endpoint = ScriptedEndpoint.Answering("403 Forbidden", IamAnswers.Error("AccessDenied", $"No: {Calls.Secret}"));

        Assert.Contains("No: [hidden]", (await FailAsync(endpoint.Url)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerClosesAfterReading_IsSentOnceAndMayHaveBeenDone()
    {
        await using var endpoint = new ScriptedEndpoint(_ => Task.CompletedTask);

        var failure = await FailAsync(endpoint.Url);

        Assert.Equal((MfaErrorId.StsUnreachable, false), (failure.Error.Id, failure.NothingWasSent));
        Assert.StartsWith("No answer from AWS IAM at ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("may have done what was asked for", failure.Message, StringComparison.Ordinal);
        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task NobodyListens_IsUnreachableAndNothingWasSent()
    {
        var failure = await FailAsync(new Uri("http://127.0.0.1:9"));

        Assert.Equal((MfaErrorId.StsUnreachable, true), (failure.Error.Id, failure.NothingWasSent));
        Assert.DoesNotContain("may have done what was asked for", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallerCancels_EndsAtOnceWithTheCallersToken()
    {
        using var cancel = new CancellationTokenSource();
        await using var endpoint = new ScriptedEndpoint(async c =>
        {
            await cancel.CancelAsync();
            await c.HoldAsync();
        });

        var stopped = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new AwsGateway()
            .CreateAccessKeyAsync(Calls.To(endpoint.Url), userName: null, cancel.Token).WaitAsync(
                TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken));

        Assert.Equal(cancel.Token, stopped.CancellationToken);
    }

    private static async Task<MfaException> FailAsync(Uri endpoint, string? sessionToken = null)
    {
        var failure = await Assert.ThrowsAsync<MfaException>(() => new AwsGateway().CreateAccessKeyAsync(
            Calls.To(endpoint, sessionToken: sessionToken), userName: null, TestContext.Current.CancellationToken));
        Assert.Equal("prod", failure.Error.Target);
        Assert.DoesNotContain(Calls.Secret, failure + failure.Error.ToString(), StringComparison.Ordinal);
        return failure;
    }
}
