using MfaSts.Errors;

namespace MfaSts.Aws.Tests;

public sealed class StsGatewayRefusalTests
{
    private static readonly DateTimeOffset ServiceTime = new(2031, 5, 6, 6, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ", MfaErrorId.TokenCodeRejected)]
    [InlineData(
        "AccessDenied",
        "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with "
            + "this user.",
        MfaErrorId.SerialNumberInvalid)]
    [InlineData("AccessDenied", "Cannot call GetSessionToken with session credentials", MfaErrorId.AccessDenied)]
    [InlineData("AccessDeniedException", "No.", MfaErrorId.AccessDenied)]
    [InlineData("InvalidClientTokenId", "The security token included in the request is invalid.", MfaErrorId.LongTermCredentialRejected)]
    [InlineData(
        "UnrecognizedClientException", "The security token included in the request is invalid.", MfaErrorId.LongTermCredentialRejected)]
    [InlineData(
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided.",
        MfaErrorId.LongTermCredentialRejected)]
    [InlineData("SignatureDoesNotMatch", "Signature not yet current: A is still later than B (C + 15 min.)", MfaErrorId.ClockSkewed)]
    [InlineData("SignatureDoesNotMatch", "Signature expired: A is now earlier than B (C - 15 min.)", MfaErrorId.ClockSkewed)]
    [InlineData("RequestExpired", "Request has expired.", MfaErrorId.ClockSkewed)]
    [InlineData("RequestTimeTooSkewed", "The difference is too large.", MfaErrorId.ClockSkewed)]
    [InlineData("RequestInTheFuture", "The request is too early.", MfaErrorId.ClockSkewed)]
    [InlineData("ExpiredToken", "The security token included in the request is expired", MfaErrorId.AccessDenied)]
    [InlineData("RegionDisabledException", "STS is not activated in this region for account:123456789012.", MfaErrorId.RegionDisabled)]
    [InlineData("Throttling", "Rate exceeded", MfaErrorId.StsThrottled)]
    [InlineData("ThrottlingException", "Rate exceeded", MfaErrorId.StsThrottled)]
    [InlineData("RequestLimitExceeded", "Rate exceeded", MfaErrorId.StsThrottled)]
    [InlineData("TooManyRequestsException", "Rate exceeded", MfaErrorId.StsThrottled)]
    [InlineData("InvalidAction", "Could not find operation", MfaErrorId.StsFailed)]
    [InlineData("ValidationError", "Value 'x' at 'serialNumber' failed to satisfy constraint", MfaErrorId.StsFailed)]
    [InlineData("ValidationError", "The requested DurationSeconds exceeds what this endpoint grants.", MfaErrorId.StsFailed)]
    public async Task AwsRefuses_ErrorIsNamedByCodeAndText(string code, string text, MfaErrorId expected)
    {
        var failure = await RefuseAsync("403 Forbidden", code, text);

        Assert.True(expected == failure.Error.Id, failure.ToString());
        Assert.False(failure.NothingWasSent);
    }

    [Theory]
    [InlineData("AccessDenied", "User is not authorized to perform: sts:GetSessionToken")]
    [InlineData("AccessDenied", "MultiFactorAuthentication failed, unable to validate MFA code")]
    [InlineData("InvalidClientTokenId", "The security token included in the request is invalid")]
    [InlineData("Throttling", "Rate exceeded")]
    [InlineData("MalformedInput", "Something new")]
    public async Task AwsRefuses_ItsWordsAreShown(string code, string text)
    {
        var failure = await RefuseAsync("403 Forbidden", code, text);

        Assert.Contains(text, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AwsRefusesForAnUnknownReason_CodeIsShown()
    {
        var failure = await RefuseAsync("418 Teapot", "MalformedInput", "Something new");

        Assert.Contains("MalformedInput: Something new", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ExpiredToken", "The security token included in the request is expired", MfaErrorId.SessionExpired)]
    [InlineData("InvalidClientTokenId", "The security token included in the request is invalid", MfaErrorId.AccessDenied)]
    [InlineData("SignatureDoesNotMatch", "The request signature we calculated does not match", MfaErrorId.AccessDenied)]
    public async Task AwsRefusesSessionKeys_LongTermKeysAreNotBlamed(string code, string text, MfaErrorId expected)
    {
        await using var endpoint = ScriptedEndpoint.Answering("403 Forbidden", Answers.Error(code, text));

        var failure = await Assert.ThrowsAsync<MfaException>(() => new AwsGateway().GetCallerIdentityAsync(
            Calls.To(endpoint.Url, sessionToken: Calls.SessionToken), TestContext.Current.CancellationToken));

        Assert.Equal(expected, failure.Error.Id);
        Assert.Contains(text, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(14, "behind")]
    [InlineData(-14, "ahead")]
    public async Task ClockIsWrong_OffsetIsMeasuredByTheServicesDate(int minutesBehind, string told)
    {
        var clock = new FixedClock(ServiceTime.AddMinutes(-minutesBehind));

        var failure = await RefuseAsync("403 Forbidden", "SignatureDoesNotMatch", "Signature expired: now", clock: clock);

        Assert.Contains(MfaErrors.ClockSentence(TimeSpan.FromMinutes(minutesBehind)), failure.Message, StringComparison.Ordinal);
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClockAgreesWithTheServicesDate_NoOffsetIsTold()
    {
        var failure =
            await RefuseAsync(
                "403 Forbidden", "SignatureDoesNotMatch", "Signature expired: now", clock: new FixedClock(ServiceTime.AddSeconds(2)));

        Assert.Equal(MfaErrors.ClockSkewed("prod", null).Message, failure.Message);
    }

    [Fact]
    public async Task ClockIsWrongAndNoDateCame_NoOffsetIsTold()
    {
        await using var endpoint = ScriptedEndpoint.Answering("403 Forbidden", Answers.Error("RequestExpired", "Request has expired."));

        var failure = await Calls.FailAsync(Calls.To(endpoint.Url));

        Assert.Equal(MfaErrors.ClockSkewed("prod", null).Message, failure.Message);
    }

    [Theory]
    [InlineData(600)]
    [InlineData(129601)]
    public async Task AwsRefusesADurationOutOfItsRange_RangeIsTold(int seconds)
    {
        const string words =
            "1 validation error detected: Value '600' at 'durationSeconds' failed to satisfy constraint: Member must have value greater "
                + "than or equal to 900";

        var failure = await RefuseAsync("400 Bad Request", "ValidationError", words, duration: TimeSpan.FromSeconds(seconds));

        Assert.Equal(MfaErrorId.DurationOutOfRange, failure.Error.Id);
        Assert.Contains("900 to 129600 seconds", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AwsEchoesTheCodeAndKeys_TheyAreHidden()
    {
        const string words =
            $"Value '{Calls.Code}' at 'tokenCode' failed; secret {Calls.Secret}; header S3cr3t%2FKey%2BThatMustNotBeSeen%3DAnywhere000";

        var failure = await RefuseAsync("400 Bad Request", "ValidationError", words);

        Assert.Contains(
            "Value '[hidden]' at 'tokenCode' failed; secret [hidden]; header [hidden]", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AwsEchoesTheSessionToken_ItIsHidden()
    {
        await using var endpoint =
            ScriptedEndpoint.Answering(
                "403 Forbidden", Answers.Error("SignatureDoesNotMatch", $"x-amz-security-token:{Calls.SessionToken}"));

        var failure = await Calls.FailAsync(Calls.To(endpoint.Url, sessionToken: Calls.SessionToken));

        Assert.Contains("x-amz-security-token:[hidden]", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AwsSpeaksAtLengthOverManyLines_OneLineOfBoundedLengthIsShown()
    {
        var failure = await RefuseAsync("403 Forbidden", "AccessDenied", "first\n\n  second " + new string('x', 5000));

        Assert.Contains("first second", failure.Message, StringComparison.Ordinal);
        Assert.InRange(failure.Message.Length, 400, 700);
    }

    [Fact]
    public async Task TooManyRequestsWithoutAnAwsBody_IsThrottled()
    {
        await using var endpoint = ScriptedEndpoint.Answering("429 Too Many Requests", "slow down");

        var failure = await Calls.FailAsync(Calls.To(endpoint.Url));

        Assert.Equal(MfaErrorId.StsThrottled, failure.Error.Id);
    }

    [Fact]
    public async Task TooManyRequestsWithAnUnknownCode_IsThrottled()
    {
        var failure = await RefuseAsync("429 Too Many Requests", "Newly", "slow down");

        Assert.Equal(MfaErrorId.StsThrottled, failure.Error.Id);
    }

    [Theory]
    [InlineData("429 Too Many Requests", MfaErrorId.StsThrottled)]
    [InlineData("500 Internal Server Error", MfaErrorId.StsFailed)]
    public async Task NotServed_NextCodeIsSpokenOfOnlyWhereOneWasSent(string status, MfaErrorId expected)
    {
        await using var endpoint = ScriptedEndpoint.Answering(status, "no");

        var withCode = await Calls.FailAsync(Calls.To(endpoint.Url));
        var without = await Assert.ThrowsAsync<MfaException>(
            () => new AwsGateway().GetCallerIdentityAsync(Calls.To(endpoint.Url), TestContext.Current.CancellationToken));

        Assert.Equal((expected, expected), (withCode.Error.Id, without.Error.Id));
        Assert.Contains("ry again with the next code.", withCode.Error.Remedy, StringComparison.Ordinal);
        Assert.Contains("ry again.", without.Error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoAnswer_CodeIsSpokenOfOnlyWhereOneWasSent()
    {
        var (withCode, limit) = await Calls.TimeOutAsync(conversation => conversation.HoldAsync());
        await using var endpoint = new ScriptedEndpoint(conversation => conversation.HoldAsync());
        var call = Calls.To(endpoint.Url, TimeSpan.FromSeconds(limit));
        var without =
            await Assert.ThrowsAsync<MfaException>(
                () => new AwsGateway().GetCallerIdentityAsync(call, TestContext.Current.CancellationToken));

        Assert.Contains("The MFA code may be spent.", withCode.Message, StringComparison.Ordinal);
        Assert.EndsWith("then try again with the next code.", withCode.Error.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("code", without.Message + without.Error.Remedy, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<MfaException> RefuseAsync(
        string status, string code, string text, TimeProvider? clock = null, TimeSpan? duration = null)
    {
        await using var endpoint = ScriptedEndpoint.Answering(status, Answers.Error(code, text), "Date: Tue, 06 May 2031 06:00:00 GMT\r\n");
        return await Calls.FailAsync(Calls.To(endpoint.Url), clock, duration);
    }
}
