using MfaSts.Errors;

namespace MfaSts.Aws.Tests;

/// <summary>A key that AWS refuses in a region that the account may not have enabled.</summary>
public sealed class OptInRegionTests
{
    private const string OptIn = "me-south-1";
    private const string Elsewhere = "us-east-1";
    private const string Refused = "The security token included in the request is invalid.";

    [Theory]
    [InlineData("InvalidClientTokenId")]
    [InlineData("UnrecognizedClientException")]
    public async Task Refused_KeyIsAcceptedInTheDefaultRegion_RegionIsNamedAndTheKeyIsGood(string code)
    {
        await using var endpoint = new ScriptedEndpoint(conversation => IsFor(Elsewhere, conversation)
            ? conversation.AnswerAsync("200 OK", Answers.Identity())
            : conversation.AnswerAsync("403 Forbidden", Answers.Error(code, Refused)));

        var failure = await Calls.FailAsync(Calls.To(endpoint.Url, region: OptIn));

        Assert.Equal(MfaErrorId.RegionDisabled, failure.Error.Id);
        Assert.Contains($"has not enabled region {OptIn}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("The key is good. The MFA code may be spent", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"-Region {Elsewhere}", failure.Error.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("Set-MfaLongTermCredential", failure.Error.Remedy, StringComparison.Ordinal);
        Assert.Equal(2, endpoint.Requests.Count);
        Assert.Contains("Action=GetCallerIdentity", endpoint.Requests[1], StringComparison.Ordinal);
        Assert.DoesNotContain(Calls.Code, endpoint.Requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_KeyIsRefusedInTheDefaultRegionOfTheSameEndpoint_BothAreTold()
    {
        await using var endpoint = ScriptedEndpoint.Answering("403 Forbidden", Answers.Error("InvalidClientTokenId", Refused));

        var failure = await Calls.FailAsync(Calls.To(endpoint.Url, region: OptIn));

        Assert.Equal((MfaErrorId.LongTermCredentialRejected, 2), (failure.Error.Id, endpoint.Requests.Count));
        Assert.Contains($"the account has not enabled {OptIn}: try -Region {Elsewhere}", failure.Error.Remedy, StringComparison.Ordinal);
        Assert.Contains("check in the IAM console", failure.Error.Remedy, StringComparison.Ordinal);
        Assert.Contains("The MFA code may be spent", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("500 Internal Server Error")]
    [InlineData("429 Too Many Requests")]
    public async Task Refused_DefaultRegionDoesNotAnswer_BothAreTold(string status)
    {
        await using var endpoint = new ScriptedEndpoint(conversation => IsFor(Elsewhere, conversation)
            ? conversation.AnswerAsync(status, "no")
            : conversation.AnswerAsync("403 Forbidden", Answers.Error("InvalidClientTokenId", Refused)));

        var failure = await Calls.FailAsync(Calls.To(endpoint.Url, region: OptIn));

        Assert.Equal(MfaErrorId.LongTermCredentialRejected, failure.Error.Id);
        Assert.Contains($"the account has not enabled {OptIn}", failure.Error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("us-east-1")]
    [InlineData("eu-west-1")]
    [InlineData("ap-northeast-3")]
    [InlineData("us-gov-east-1")]
    [InlineData("cn-northwest-1")]
    [InlineData("eusc-de-east-1")]
    public async Task Refused_RegionIsAlwaysEnabled_KeyIsDoubtedAndNothingMoreIsAsked(string region)
    {
        await using var endpoint = ScriptedEndpoint.Answering("403 Forbidden", Answers.Error("InvalidClientTokenId", Refused));

        var failure = await Calls.FailAsync(Calls.To(endpoint.Url, region: region));

        Assert.Equal((MfaErrorId.LongTermCredentialRejected, 1), (failure.Error.Id, endpoint.Requests.Count));
        Assert.StartsWith("Check in the IAM console", failure.Error.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("enabled", failure.Error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecretIsWrong_KeyIsDoubtedAndNotTheRegion()
    {
        await using var endpoint = ScriptedEndpoint.Answering("403 Forbidden", Answers.Error("SignatureDoesNotMatch", "No match."));

        var failure = await Calls.FailAsync(Calls.To(endpoint.Url, region: OptIn));

        Assert.Equal((MfaErrorId.LongTermCredentialRejected, 1), (failure.Error.Id, endpoint.Requests.Count));
        Assert.DoesNotContain("enabled", failure.Error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IdentityWithoutACode_IsToldWithoutOne()
    {
        await using var endpoint = new ScriptedEndpoint(conversation => IsFor(Elsewhere, conversation)
            ? conversation.AnswerAsync("200 OK", Answers.Identity())
            : conversation.AnswerAsync("403 Forbidden", Answers.Error("InvalidClientTokenId", Refused)));

        var failure = await Assert.ThrowsAsync<MfaException>(() => new AwsGateway().GetCallerIdentityAsync(
            Calls.To(endpoint.Url, region: OptIn), TestContext.Current.CancellationToken));

        Assert.Equal(MfaErrorId.RegionDisabled, failure.Error.Id);
        Assert.DoesNotContain("code", failure.Message, StringComparison.Ordinal);
    }

    private static bool IsFor(string region, Conversation conversation) =>
        conversation.Request.Contains($"/{region}/sts/aws4_request", StringComparison.Ordinal);
}
