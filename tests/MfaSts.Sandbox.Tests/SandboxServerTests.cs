using System.Net;
using System.Net.Sockets;
using System.Text;
using MfaSts.Sandbox.Signing;
using MfaSts.Sandbox.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace MfaSts.Sandbox.Tests;

public sealed class SandboxServerTests
{
    [Fact]
    public async Task StartAsync_without_a_port_listens_on_loopback()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        Assert.Equal("127.0.0.1", sandbox.Server.Endpoint.Host);
        Assert.NotEqual(0, sandbox.Server.Endpoint.Port);
    }

    [Fact]
    public async Task StartAsync_with_a_port_listens_there_and_frees_it_again()
    {
        int port = FreePort();
        for (int i = 0; i < 2; i++)
        {
            await using var server = await SandboxServer.StartAsync(
                new SandboxOptions { Port = port }, cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(port, server.Endpoint.Port);
        }
    }

    [Fact]
    public async Task StartAsync_on_a_taken_port_fails()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        await Assert.ThrowsAsync<IOException>(() => SandboxServer.StartAsync(
            new SandboxOptions { Port = sandbox.Server.Endpoint.Port }, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task StartAsync_with_an_account_serves_it()
    {
        var account = new SandboxAccount("999988887777");
        var keys = Keys.Of(account.AddUser("bob").AddAccessKey());
        await using var server = await SandboxServer.StartAsync(
            new SandboxOptions { Account = account }, cancellationToken: TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(server.Endpoint, "?Action=GetCallerIdentity&Version=2011-06-15"));
        await new SigV4Signer(keys.AccessKeyId, keys.SecretAccessKey).SignAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("arn:aws:iam::999988887777:user/bob", (await TestSandbox.SendAsync(request))["Arn"]);
    }

    [Fact]
    public async Task Date_header_follows_the_servers_clock()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Clock.Advance(TimeSpan.FromMinutes(7));

        var reply = await sandbox.CallAsync("GetCallerIdentity");

        Assert.Equal(sandbox.Clock.GetUtcNow(), reply.Response.Headers.Date);
    }

    [Fact]
    public async Task Answer_has_the_headers_of_aws_and_none_of_the_web_server()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        var reply = await sandbox.CallAsync("GetCallerIdentity");

        Assert.Equal("text/xml", reply.Response.Content.Headers.ContentType?.ToString());
        Assert.Equal([reply["RequestId"]], reply.Response.Headers.GetValues("x-amzn-RequestId"));
        Assert.Empty(reply.Response.Headers.Server);
    }

    [Fact]
    public async Task Requests_tell_action_key_time_and_outcome_in_order()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await sandbox.CallAsync("GetCallerIdentity");
        sandbox.Clock.Advance(TimeSpan.FromSeconds(5));
        await sandbox.CallAsync("ListUsers");
        using var unsigned = sandbox.Request("GetUser");
        await TestSandbox.SendAsync(unsigned);

        Assert.Equal(
            [
                $"2026-03-01 08:00:00Z GetCallerIdentity {sandbox.AliceKeys.AccessKeyId}: OK",
                $"2026-03-01 08:00:05Z ListUsers {sandbox.AliceKeys.AccessKeyId}: AccessDenied",
                "2026-03-01 08:00:05Z GetUser -: MissingAuthenticationToken",
            ],
            sandbox.Server.Requests.Select(request => request.ToString()));
    }

    [Fact]
    public async Task Interceptor_that_answers_takes_the_call_and_sees_the_body()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        string? seen = null;
        sandbox.Server.Interceptor = async context =>
        {
            seen = await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted);
            context.Response.StatusCode = StatusCodes.Status418ImATeapot;
            await context.Response.WriteAsync("<tea/>", context.RequestAborted);
            return true;
        };

        var reply = await sandbox.GetSessionTokenAsync(sandbox.Code);

        Assert.Equal((HttpStatusCode)StatusCodes.Status418ImATeapot, reply.Response.StatusCode);
        Assert.StartsWith("Action=GetSessionToken&", seen, StringComparison.Ordinal);
        Assert.Equal(sandbox.Clock.GetUtcNow(), reply.Response.Headers.Date);
        Assert.Equal(SandboxRequest.Intercepted, Assert.Single(sandbox.Server.Requests).Outcome);
        Assert.Empty(sandbox.Server.Account.Sessions);
    }

    [Fact]
    public async Task Interceptor_that_gives_the_call_back_lets_it_be_served_at_the_time_it_then_is()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Server.Interceptor = context =>
        {
            sandbox.Clock.Advance(TimeSpan.FromSeconds(90));
            return Task.FromResult(false);
        };

        var reply = await sandbox.CallAsync("GetCallerIdentity");

        reply.AssertServed();
        Assert.Equal(sandbox.Clock.GetUtcNow(), reply.Response.Headers.Date);
        Assert.Equal(SandboxRequest.Served, Assert.Single(sandbox.Server.Requests).Outcome);
    }

    [Fact]
    public async Task Interceptor_that_hangs_up_is_counted_once()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Server.Interceptor = context =>
        {
            context.Abort();
            return Task.FromResult(true);
        };

        await Assert.ThrowsAsync<HttpRequestException>(() => sandbox.GetSessionTokenAsync(sandbox.Code));

        Assert.Equal("GetSessionToken", Assert.Single(sandbox.Server.Requests).Action);
    }

    [Fact]
    public async Task DisposeAsync_with_an_idle_connection_open_returns_at_once()
    {
        var sandbox = await TestSandbox.StartAsync();
        using var idle = new TcpClient();
        await idle.ConnectAsync(sandbox.Server.Endpoint.Host, sandbox.Server.Endpoint.Port, TestContext.Current.CancellationToken);
        await idle.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST / HTTP/1.1\r\n"), TestContext.Current.CancellationToken);

        await sandbox.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
