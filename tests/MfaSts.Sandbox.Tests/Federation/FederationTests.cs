using System.Net;
using System.Text.Json;
using MfaSts.Sandbox.Tests.Support;

namespace MfaSts.Sandbox.Tests.Federation;

public sealed class FederationTests
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    [Fact]
    public async Task Roles_session_gets_a_token_that_signs_in_for_15_minutes()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var keys = await sandbox.GetRoleSessionAsync(sandbox.Account.AddRole("admin"));

        using var answer = await GetTokenAsync(sandbox, keys);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        string token = await ReadTokenAsync(answer);
        Assert.Equal("https://console.aws.amazon.com/", (await LoginAsync(sandbox, token)).Headers.Location!.AbsoluteUri);
        sandbox.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(HttpStatusCode.BadRequest, (await LoginAsync(sandbox, token)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await LoginAsync(sandbox, "other")).StatusCode);
    }

    [Fact]
    public async Task Users_session_and_long_term_keys_are_refused_with_a_page_that_names_no_cause()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        foreach (var keys in new[] { await sandbox.GetMfaSessionAsync(), sandbox.AliceKeys })
        {
            using var answer = await GetTokenAsync(sandbox, keys);
            Assert.Equal((HttpStatusCode.BadRequest, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        }
    }

    [Fact]
    public async Task Wrong_secret_wrong_token_and_an_expired_session_are_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var keys = await sandbox.GetRoleSessionAsync(sandbox.Account.AddRole("admin"));

        Assert.Equal(
            HttpStatusCode.BadRequest, (await GetTokenAsync(sandbox, new Keys(keys.AccessKeyId, "wrong", keys.SessionToken))).StatusCode);
        Assert.Equal(
            HttpStatusCode.BadRequest, (await GetTokenAsync(sandbox, new Keys(keys.AccessKeyId, keys.SecretAccessKey, "x"))).StatusCode);
        sandbox.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.BadRequest, (await GetTokenAsync(sandbox, keys)).StatusCode);
    }

    [Fact]
    public async Task SessionDuration_is_refused_for_a_chained_session_and_taken_for_another()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.AllowWithoutMfa();
        var role = sandbox.Account.AddRole("admin");
        var chained = await sandbox.GetRoleSessionAsync(role);
        var direct = await sandbox.GetRoleSessionAsync(role, sandbox.AliceKeys);

        Assert.Equal(HttpStatusCode.BadRequest, (await GetTokenAsync(sandbox, chained, "900")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetTokenAsync(sandbox, direct, "900")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await GetTokenAsync(sandbox, direct, "899")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await GetTokenAsync(sandbox, direct, "3601")).StatusCode);
    }

    [Theory]
    [InlineData("Action=getSigninToken")]
    [InlineData("Action=getSigninToken&Session=x")]
    [InlineData("Action=getSigninToken&Session=%5B%5D")]
    [InlineData("Action=getSigninToken&Session=%7B%22sessionId%22%3A1%7D")]
    [InlineData("Action=other")]
    [InlineData("")]
    public async Task What_is_no_request_is_refused(string form)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        using var content = new StringContent(form, null, "application/x-www-form-urlencoded");

        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(sandbox, content)).StatusCode);
    }

    private static async Task<HttpResponseMessage> GetTokenAsync(TestSandbox sandbox, Keys keys, string? duration = null)
    {
        string session = JsonSerializer.Serialize(
            new { sessionId = keys.AccessKeyId, sessionKey = keys.SecretAccessKey, sessionToken = keys.SessionToken });
        List<KeyValuePair<string, string>> form = [new("Action", "getSigninToken"), new("Session", session)];
        if (duration is not null)
        {
            form.Add(new("SessionDuration", duration));
        }

        using var content = new FormUrlEncodedContent(form);
        return await SendAsync(sandbox, content);
    }

    private static Task<HttpResponseMessage> SendAsync(TestSandbox sandbox, HttpContent content) =>
        Http.PostAsync(new Uri(sandbox.Server.Endpoint, "federation"), content, TestContext.Current.CancellationToken);

    private static Task<HttpResponseMessage> LoginAsync(TestSandbox sandbox, string token) => Http.GetAsync(
        new Uri(
            sandbox.Server.Endpoint,
            $"federation?Action=login&Destination=https%3A%2F%2Fconsole.aws.amazon.com%2F&SigninToken={Uri.EscapeDataString(token)}"),
        TestContext.Current.CancellationToken);

    private static async Task<string> ReadTokenAsync(HttpResponseMessage answer)
    {
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return json.RootElement.GetProperty("SigninToken").GetString()!;
    }
}
