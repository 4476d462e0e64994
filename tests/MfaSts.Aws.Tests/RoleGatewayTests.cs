using MfaSts.Errors;
using MfaSts.Roles;
using MfaSts.Sts;

namespace MfaSts.Aws.Tests;

public sealed class RoleGatewayTests
{
    private const string Role = "arn:aws:iam::210987654321:role/Admin";

    [Fact]
    public async Task AssumeRole_WithASession_SendsEverythingAndGivesTheKeys()
    {
        await using var endpoint =
            ScriptedEndpoint.Answering("200 OK", Answers.Session().Replace("GetSessionToken", "AssumeRole", StringComparison.Ordinal));
        var call = new RoleCall
        {
            Role = new RoleOptions
            {
                RoleArn = Role,
                ExternalId = "partner",
                SourceIdentity = "alice",
                Policy = "{}",
                PolicyArns = ["arn:aws:iam::aws:policy/X"],
                Tags = [new("Team", "blue")],
                TransitiveTagKeys = ["Team"],
            },
            SessionName = "alice",
            Source = "prod",
            Duration = TimeSpan.FromHours(1),
        };

        var answer = await AssumeAsync(Calls.To(endpoint.Url, sessionToken: Calls.SessionToken), call);

        Assert.Equal((Answers.AccessKeyId, Answers.SessionToken), (answer.Value.AccessKeyId, answer.Value.SessionToken));
        string request = Assert.Single(endpoint.Requests);
        string[] parts =
        [
            "Action=AssumeRole", "DurationSeconds=3600", "ExternalId=partner", "RoleArn=arn%3Aaws%3Aiam%3A%3A210987654321%3Arole%2FAdmin",
            "RoleSessionName=alice",
            "SourceIdentity=alice", "Policy=%7B%7D", "PolicyArns.member.1.arn=arn%3Aaws%3Aiam%3A%3Aaws%3Apolicy%2FX",
            "Tags.member.1.Key=Team", "Tags.member.1.Value=blue",
            "TransitiveTagKeys.member.1=Team",
        ];
        Assert.All(parts, part => Assert.Contains(part, request, StringComparison.Ordinal));
        Assert.DoesNotContain("TokenCode", request, StringComparison.Ordinal);
        Assert.DoesNotContain("SerialNumber", request, StringComparison.Ordinal);
        Assert.Contains($"x-amz-security-token: {Calls.SessionToken}", request, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task AssumeRole_OnlyTheRole_SendsNothingEmpty()
    {
        await using var endpoint =
            ScriptedEndpoint.Answering("200 OK", Answers.Session().Replace("GetSessionToken", "AssumeRole", StringComparison.Ordinal));

        await AssumeAsync(Calls.To(endpoint.Url), Plain(Calls.Code));

        string request = Assert.Single(endpoint.Requests);
        Assert.Contains($"TokenCode={Calls.Code}", request, StringComparison.Ordinal);
        Assert.All(
            ["Tags", "Policy", "ExternalId", "SourceIdentity"], name => Assert.DoesNotContain(name, request, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AccessDenied", "User: x is not authorized to perform: sts:AssumeRole on resource: y", MfaErrorId.RoleNotAssumable)]
    [InlineData("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ", MfaErrorId.TokenCodeRejected)]
    [InlineData(
        "ValidationError",
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        MfaErrorId.RoleDurationRefused)]
    [InlineData(
        "ValidationError",
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
        MfaErrorId.RoleDurationRefused)]
    [InlineData("ValidationError", "1 validation error detected: Value 'a:b' at 'roleSessionName' failed", MfaErrorId.RoleSettingInvalid)]
    [InlineData("InvalidParameterValue", "Duplicate tag keys found.", MfaErrorId.RoleSettingInvalid)]
    [InlineData("PackedPolicyTooLarge", "Packed size of session tags consumes 498% of allotted space.", MfaErrorId.RoleSettingInvalid)]
    [InlineData("MalformedPolicyDocument", "Syntax errors in policy.", MfaErrorId.RoleSettingInvalid)]
    [InlineData("ExpiredToken", "The security token included in the request is expired", MfaErrorId.SessionExpired)]
    [InlineData("InvalidClientTokenId", "The security token included in the request is invalid", MfaErrorId.SessionExpired)]
    public async Task AwsRefusesARole_ErrorIsNamedByCodeAndText(string code, string text, MfaErrorId expected)
    {
        await using var endpoint = ScriptedEndpoint.Answering("403 Forbidden", Answers.Error(code, text));

        var failure =
            await Assert.ThrowsAsync<MfaException>(
                () => AssumeAsync(Calls.To(endpoint.Url, sessionToken: Calls.SessionToken), Plain(code: null)));

        Assert.True(expected == failure.Error.Id, failure.ToString());
        Assert.DoesNotContain(Calls.SessionToken, failure.ToString(), StringComparison.Ordinal);
        Assert.Single(endpoint.Requests);
    }

    private static RoleCall Plain(string? code) => new()
    {
        Role = new RoleOptions { RoleArn = Role },
        SessionName = "alice",
        Source = "prod",
        Duration = TimeSpan.FromHours(4),
        SerialNumber = code is null ? null : Calls.Serial,
        TokenCode = code,
    };

    private static Task<StsAnswer<TemporaryCredential>> AssumeAsync(StsCall call, RoleCall role) =>
        new AwsGateway().AssumeRoleAsync(call, role, TestContext.Current.CancellationToken);
}
