using MfaSts.Errors;
using MfaSts.Roles;
using MfaSts.Sandbox;
using MfaSts.Sts;

namespace MfaSts.Aws.Tests;

public sealed class SignInGatewayTests
{
    [Fact]
    public async Task Keys_are_sent_once_and_in_the_body_only()
    {
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", "{\"SigninToken\":\"t+/=\"}");

        string answer = await GetAsync(endpoint.Url);

        Assert.Equal("t+/=", answer);
        string request = Assert.Single(endpoint.Requests);
        Assert.StartsWith("POST /federation HTTP/1.1\r\n", request, StringComparison.Ordinal);
        string[] parts = request.Split("\r\n\r\n", 2);
        Assert.DoesNotContain(Uri.EscapeDataString(Calls.Secret), parts[0], StringComparison.Ordinal);
        Assert.Equal(
            "Action=getSigninToken&Session=" + Uri.EscapeDataString(
                $"{{\"sessionId\":\"{Calls.AccessKeyId}\",\"sessionKey\":\"{Calls.Secret}\",\"sessionToken\":\"{Calls.SessionToken}\"}}"),
            parts[1].Replace("%5Cu002B", "%2B", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("400 Bad Request", MfaErrorId.SignInRefused)]
    [InlineData("403 Forbidden", MfaErrorId.SignInRefused)]
    [InlineData("429 Too Many Requests", MfaErrorId.StsThrottled)]
    [InlineData("500 Internal Server Error", MfaErrorId.StsFailed)]
    [InlineData("302 Found", MfaErrorId.StsFailed)]
    [InlineData("200 OK", MfaErrorId.StsFailed)]
    public async Task Refusal_is_told_without_a_secret(string status, MfaErrorId wanted)
    {
        await using var endpoint = ScriptedEndpoint.Answering(status, "<html>Invalid credentials parameter</html>");

        var failure = await FailAsync(endpoint.Url);

        Assert.Equal(wanted, failure.Error.Id);
        Assert.Contains("sign-in", failure.Error.Message, StringComparison.Ordinal);
        Assert.Single(endpoint.Requests);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"SigninToken\":1}")]
    [InlineData("{\"SigninToken\":\"\"}")]
    [InlineData("")]
    public async Task Answer_without_a_token_is_none(string body)
    {
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", body);

        Assert.Equal(MfaErrorId.StsFailed, (await FailAsync(endpoint.Url)).Error.Id);
    }

    [Fact]
    public async Task Nobody_answers_is_unreachable() =>
        Assert.Equal(MfaErrorId.StsUnreachable, (await FailAsync(new Uri("http://127.0.0.1:1"))).Error.Id);

    [Fact]
    public async Task Sandbox_takes_a_roles_session_and_refuses_a_users()
    {
        await using var server = await SandboxServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var (user, key) = (server.Account.Users[0], server.Account.Users[0].AccessKeys[0]);
        var gateway = new AwsGateway();
        StsCall By(string id, string secret, string? token) => new()
        {
            Profile = "prod",
            AccessKeyId = id,
            SecretAccessKey = secret,
            SessionToken = token,
            Region = "us-east-1",
            EndpointUrl = server.Endpoint,
        };
        var own = (await gateway.GetSessionTokenAsync(
            By(key.AccessKeyId, key.SecretAccessKey, null), user.MfaDevices[0].SerialNumber,
            user.MfaDevices[0].CodeAt(TimeProvider.System.GetUtcNow()), Calls.Duration, TestContext.Current.CancellationToken)).Value;
        var withSession = By(own.AccessKeyId, own.SecretAccessKey, own.SessionToken);

        Assert.Equal(
            MfaErrorId.SignInRefused,
            (await Assert.ThrowsAsync<MfaException>(
                () => gateway.GetSigninTokenAsync(withSession, TestContext.Current.CancellationToken))).Error.Id);

        var role = (await gateway.AssumeRoleAsync(
            withSession,
            new RoleCall
            {
                Role = new RoleOptions { RoleArn = server.Account.Roles[0].Arn },
                SessionName = "alice",
                Duration = Calls.Duration,
                Source = "prod",
            },
            TestContext.Current.CancellationToken)).Value;
        var answer = await gateway.GetSigninTokenAsync(
            By(role.AccessKeyId, role.SecretAccessKey, role.SessionToken), TestContext.Current.CancellationToken);

        Assert.NotEmpty(answer.Value);
        Assert.Equal(("getSigninToken", SandboxRequest.Served), (server.Requests[^1].Action, server.Requests[^1].Outcome));
    }

    private static async Task<string> GetAsync(Uri endpoint) => (await new AwsGateway().GetSigninTokenAsync(
        Calls.To(endpoint, sessionToken: Calls.SessionToken), TestContext.Current.CancellationToken)).Value;

    private static async Task<MfaException> FailAsync(Uri endpoint)
    {
        var failure = await Assert.ThrowsAsync<MfaException>(() => GetAsync(endpoint));
        Assert.DoesNotContain(Calls.Secret, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Calls.SessionToken, failure.ToString(), StringComparison.Ordinal);
        return failure;
    }
}
