using System.Net;
using MfaSts.Sandbox.Tests.Support;

namespace MfaSts.Sandbox.Tests.Query;

/// <summary>What a key rotation meets.</summary>
public sealed class AccessKeyTests
{
    [Theory]
    [InlineData("ListAccessKeys")]
    [InlineData("CreateAccessKey")]
    [InlineData("UpdateAccessKey")]
    [InlineData("DeleteAccessKey")]
    public async Task Any_action_on_keys_needs_an_mfa_session(string action)
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await sandbox.CallAsync(action)).AssertRefused(
            HttpStatusCode.Forbidden, "AccessDenied",
            $"User: arn:aws:iam::123456789012:user/alice is not authorized to perform: iam:{action} "
                + "on resource: arn:aws:iam::123456789012:user/alice with an explicit deny in an identity-based policy");
        (await sandbox.CallAsAsync(await sandbox.GetPlainSessionAsync(), action))
            .AssertRefused(HttpStatusCode.Forbidden, "InvalidClientTokenId");
        Assert.Single(sandbox.Alice.AccessKeys);
    }

    [Fact]
    public async Task CreateAccessKey_gives_a_key_that_is_accepted_and_listed()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var session = await sandbox.GetMfaSessionAsync();

        var reply = await sandbox.CallAsAsync(session, "CreateAccessKey");

        reply.AssertServed();
        Assert.Equal("CreateAccessKeyResponse/CreateAccessKeyResult/AccessKey/SecretAccessKey", reply.PathOf("SecretAccessKey"));
        Assert.Equal(("alice", "Active", "2026-03-01T08:00:00Z"), (reply["UserName"], reply["Status"], reply["CreateDate"]));
        (await sandbox.CallAsAsync(new Keys(reply["AccessKeyId"]!, reply["SecretAccessKey"]!), "GetCallerIdentity")).AssertServed();
        var list = await sandbox.CallAsAsync(session, "ListAccessKeys", ("UserName", "alice"));
        Assert.Equal([sandbox.AliceKeys.AccessKeyId, reply["AccessKeyId"]!], list.All("AccessKeyId"));
        Assert.Equal("ListAccessKeysResponse/ListAccessKeysResult/AccessKeyMetadata/member/AccessKeyId", list.PathOf("AccessKeyId"));
        Assert.Empty(list.All("SecretAccessKey"));
    }

    [Fact]
    public async Task CreateAccessKey_beyond_two_is_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var session = await sandbox.GetMfaSessionAsync();
        (await sandbox.CallAsAsync(session, "CreateAccessKey")).AssertServed();

        (await sandbox.CallAsAsync(session, "CreateAccessKey")).AssertRefused(
            HttpStatusCode.Conflict, "LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2");

        Assert.Equal(2, sandbox.Alice.AccessKeys.Count);
    }

    [Fact]
    public async Task New_key_is_refused_until_its_delay_is_over()
    {
        await using var sandbox =
            await TestSandbox.StartAsync(account => new() { Account = account, NewKeyDelay = TimeSpan.FromSeconds(8) });
        var reply = await sandbox.CallAsAsync(await sandbox.GetMfaSessionAsync(), "CreateAccessKey");
        var keys = new Keys(reply["AccessKeyId"]!, reply["SecretAccessKey"]!);

        sandbox.Clock.Advance(TimeSpan.FromSeconds(7.9));
        (await sandbox.CallAsAsync(keys, "GetCallerIdentity")).AssertRefused(
            HttpStatusCode.Forbidden, "InvalidClientTokenId", "The security token included in the request is invalid.");
        sandbox.Clock.Advance(TimeSpan.FromSeconds(0.1));
        (await sandbox.CallAsAsync(keys, "GetCallerIdentity")).AssertServed();
    }

    [Fact]
    public async Task UpdateAccessKey_switches_a_key_off_and_on()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var session = await sandbox.GetMfaSessionAsync();
        Task<Reply> SetAsync(string status) =>
            sandbox.CallAsAsync(session, "UpdateAccessKey", ("AccessKeyId", sandbox.AliceKeys.AccessKeyId), ("Status", status));

        var reply = await SetAsync("Inactive");
        reply.AssertServed();
        Assert.Equal("UpdateAccessKeyResponse/ResponseMetadata/RequestId", reply.PathOf("RequestId"));
        (await sandbox.CallAsync("GetCallerIdentity")).AssertRefused(HttpStatusCode.Forbidden, "InvalidClientTokenId");
        Assert.Equal("Inactive", (await sandbox.CallAsAsync(session, "ListAccessKeys"))["Status"]);

        (await SetAsync("Active")).AssertServed();
        (await sandbox.CallAsync("GetCallerIdentity")).AssertServed();
        (await SetAsync("Off")).AssertRefused(
            HttpStatusCode.BadRequest, "ValidationError",
            "1 validation error detected: Value 'Off' at 'status' failed to satisfy constraint: Member must satisfy enum value set: "
                + "[Active, Inactive]");
    }

    [Fact]
    public async Task DeleteAccessKey_takes_it_away_for_good()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var session = await sandbox.GetMfaSessionAsync();

        (await sandbox.CallAsAsync(session, "DeleteAccessKey", ("AccessKeyId", sandbox.AliceKeys.AccessKeyId))).AssertServed();

        Assert.Empty(sandbox.Alice.AccessKeys);
        (await sandbox.CallAsync("GetCallerIdentity")).AssertRefused(HttpStatusCode.Forbidden, "InvalidClientTokenId");
        (await sandbox.CallAsAsync(session, "DeleteAccessKey", ("AccessKeyId", sandbox.AliceKeys.AccessKeyId))).AssertRefused(
            HttpStatusCode.NotFound, "NoSuchEntity", $"The Access Key with id {sandbox.AliceKeys.AccessKeyId} cannot be found.");
        (await sandbox.CallAsAsync(session, "DeleteAccessKey")).AssertRefused(HttpStatusCode.BadRequest, "ValidationError");
    }
}
