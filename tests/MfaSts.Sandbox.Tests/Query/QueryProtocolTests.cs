using System.Net;
using MfaSts.Sandbox.Tests.Support;

namespace MfaSts.Sandbox.Tests.Query;

public sealed class QueryProtocolTests
{
    [Theory]
    [InlineData("GetCallerIdentity", "https://sts.amazonaws.com/doc/2011-06-15/")]
    [InlineData("GetUser", "https://iam.amazonaws.com/doc/2010-05-08/")]
    public async Task Answer_has_the_services_namespace_and_shape(string action, string xmlns)
    {
        await using var sandbox = await TestSandbox.StartAsync();

        var reply = await sandbox.CallAsync(action);

        Assert.Equal(xmlns, reply.Xmlns);
        Assert.StartsWith($"{action}Response/{action}Result/", reply.PathOf("Arn"), StringComparison.Ordinal);
        Assert.Equal($"{action}Response/ResponseMetadata/RequestId", reply.PathOf("RequestId"));
    }

    [Theory]
    [InlineData("AssumeRole", "https://sts.amazonaws.com/doc/2011-06-15/")]
    [InlineData("ListUsers", "https://iam.amazonaws.com/doc/2010-05-08/")]
    public async Task Error_has_the_services_namespace_and_shape(string action, string xmlns)
    {
        await using var sandbox = await TestSandbox.StartAsync();

        var reply = await sandbox.CallAsync(action);

        Assert.Equal(xmlns, reply.Xmlns);
        Assert.Equal("Sender", reply["Type"]);
        Assert.Equal("ErrorResponse/Error/Type", reply.PathOf("Type"));
        Assert.Equal("ErrorResponse/Error/Code", reply.PathOf("Code"));
        Assert.Equal("ErrorResponse/Error/Message", reply.PathOf("Message"));
        Assert.Equal("ErrorResponse/RequestId", reply.PathOf("RequestId"));
    }

    [Fact]
    public async Task Call_without_an_action_is_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await sandbox.CallAsync(string.Empty)).AssertRefused(HttpStatusCode.BadRequest, "MissingAction");
    }

    [Fact]
    public async Task Call_of_an_unknown_action_is_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await sandbox.CallAsync("DropTables"))
            .AssertRefused(HttpStatusCode.BadRequest, "InvalidAction", "Could not find operation DropTables for version 2011-06-15");
    }

    [Theory]
    [InlineData("&Version=2010-05-08", "2010-05-08")]
    [InlineData("", "NO_VERSION_SPECIFIED")]
    public async Task Call_of_another_or_no_version_is_refused(string query, string said)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(sandbox.Server.Endpoint, "?Action=GetCallerIdentity" + query));
        await sandbox.SignerOf(sandbox.AliceKeys).SignAsync(request, TestContext.Current.CancellationToken);

        (await TestSandbox.SendAsync(request))
            .AssertRefused(HttpStatusCode.BadRequest, "InvalidAction", $"Could not find operation GetCallerIdentity for version {said}");
    }

    [Fact]
    public async Task Error_that_repeats_a_control_character_is_still_xml()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await sandbox.CallAsync("Get\0<User>")).AssertRefused(
            HttpStatusCode.BadRequest, "InvalidAction", @"Could not find operation Get\u0000<User> for version 2011-06-15");
    }
}
