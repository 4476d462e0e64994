using System.Net;
using MfaSts.Sandbox.Tests.Support;

namespace MfaSts.Sandbox.Tests.Query;

public sealed class IamServiceTests
{
    [Fact]
    public async Task ListUsers_with_long_term_keys_is_denied()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await sandbox.CallAsync("ListUsers")).AssertRefused(
            HttpStatusCode.Forbidden, "AccessDenied",
            "User: arn:aws:iam::123456789012:user/alice is not authorized to perform: iam:ListUsers "
                + "on resource: arn:aws:iam::123456789012:user/ with an explicit deny in an identity-based policy");
    }

    [Fact]
    public async Task ListUsers_with_an_mfa_session_gives_all_users_but_root()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Server.Account.AddUser("bob", "/ops/");
        sandbox.Server.Account.AddUser("root");

        var reply = await sandbox.CallAsAsync(await sandbox.GetMfaSessionAsync(), "ListUsers");

        reply.AssertServed();
        Assert.Equal(["alice", "bob"], reply.All("UserName"));
        Assert.Equal(["/", "/ops/"], reply.All("Path"));
        Assert.Equal("ListUsersResponse/ListUsersResult/Users/member/Arn", reply.PathOf("Arn"));
        Assert.Equal("false", reply["IsTruncated"]);
    }

    [Fact]
    public async Task ListUsers_of_root_is_served_without_mfa()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var root = Keys.Of(sandbox.Server.Account.AddUser("root").AddAccessKey());

        (await sandbox.CallAsAsync(root, "ListUsers")).AssertServed();
    }

    [Theory]
    [InlineData("ListUsers")]
    [InlineData("GetUser")]
    [InlineData("ListMFADevices")]
    public async Task Any_action_with_a_session_without_mfa_is_refused(string action)
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await sandbox.CallAsAsync(await sandbox.GetPlainSessionAsync(), action))
            .AssertRefused(HttpStatusCode.Forbidden, "InvalidClientTokenId", "The security token included in the request is invalid");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("alice")]
    public async Task ListMFADevices_of_oneself_with_long_term_keys_gives_the_devices(string? name)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Alice.AddMfaDevice("spare");

        var reply = await sandbox.CallAsync("ListMFADevices", name is null ? [] : [("UserName", name)]);

        reply.AssertServed();
        Assert.Equal(["arn:aws:iam::123456789012:mfa/alice", "arn:aws:iam::123456789012:mfa/spare"], reply.All("SerialNumber"));
        Assert.Equal(["alice", "alice"], reply.All("UserName"));
        Assert.Equal("2026-03-01T08:00:00Z", reply["EnableDate"]);
        Assert.Equal("ListMFADevicesResponse/ListMFADevicesResult/MFADevices/member/SerialNumber", reply.PathOf("SerialNumber"));
    }

    [Fact]
    public async Task GetUser_of_oneself_with_long_term_keys_describes_him()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        var reply = await sandbox.CallAsync("GetUser");

        reply.AssertServed();
        Assert.Equal("alice", reply["UserName"]);
        Assert.Equal("/", reply["Path"]);
        Assert.Equal(sandbox.Alice.Arn, reply["Arn"]);
        Assert.Equal(sandbox.Alice.UserId, reply["UserId"]);
        Assert.Equal("2026-03-01T08:00:00Z", reply["CreateDate"]);
        Assert.Equal("GetUserResponse/GetUserResult/User/UserName", reply.PathOf("UserName"));
    }

    [Theory]
    [InlineData("GetUser")]
    [InlineData("ListMFADevices")]
    public async Task Action_on_another_user_needs_an_mfa_session(string action)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Server.Account.AddUser("bob").AddMfaDevice("bob");

        (await sandbox.CallAsync(action, ("UserName", "bob"))).AssertRefused(
            HttpStatusCode.Forbidden, "AccessDenied",
            $"User: arn:aws:iam::123456789012:user/alice is not authorized to perform: iam:{action} "
                + "on resource: arn:aws:iam::123456789012:user/bob with an explicit deny in an identity-based policy");
        var reply = await sandbox.CallAsAsync(await sandbox.GetMfaSessionAsync(), action, ("UserName", "bob"));
        Assert.Equal("bob", reply["UserName"]);
    }

    [Fact]
    public async Task GetUser_of_nobody_is_denied_before_it_is_told_that_there_is_none()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await sandbox.CallAsync("GetUser", ("UserName", "nobody"))).AssertRefused(HttpStatusCode.Forbidden, "AccessDenied");
        (await sandbox.CallAsAsync(await sandbox.GetMfaSessionAsync(), "GetUser", ("UserName", "nobody")))
            .AssertRefused(HttpStatusCode.NotFound, "NoSuchEntity", "The user with name nobody cannot be found.");
    }

    [Fact]
    public async Task ListMFADevices_gives_hardware_devices_and_security_keys_too()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Alice.AddSecurityKey("yubikey");
        var hardware = sandbox.Alice.AddHardwareMfaDevice("GAHT12345678");

        Assert.Equal(
            ["arn:aws:iam::123456789012:mfa/alice", "GAHT12345678", "arn:aws:iam::123456789012:u2f/user/alice/yubikey"],
            (await sandbox.CallAsync("ListMFADevices")).All("SerialNumber"));
        string code = hardware.CodeAt(sandbox.Clock.GetUtcNow());
        (await sandbox.CallAsync("GetSessionToken", ("SerialNumber", "GAHT12345678"), ("TokenCode", code))).AssertServed();
        (await sandbox.CallAsync("GetSessionToken", ("SerialNumber", sandbox.Alice.SecurityKeys[0].SerialNumber), ("TokenCode", code)))
            .AssertRefused(HttpStatusCode.Forbidden, "AccessDenied");
    }

    [Fact]
    public async Task ListMFADevices_under_a_policy_that_lacks_it_needs_an_mfa_session()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Alice.ListsDevicesWithoutMfa = false;

        (await sandbox.CallAsync("ListMFADevices")).AssertRefused(
            HttpStatusCode.Forbidden, "AccessDenied",
            "User: arn:aws:iam::123456789012:user/alice is not authorized to perform: iam:ListMFADevices "
                + "on resource: arn:aws:iam::123456789012:user/alice with an explicit deny in an identity-based policy");
        (await sandbox.CallAsAsync(await sandbox.GetMfaSessionAsync(), "ListMFADevices")).AssertServed();
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(100, "2")]
    [InlineData(2, "50")]
    public async Task Lists_come_in_pages(int pageSize, string? maxItems)
    {
        await using var sandbox = await TestSandbox.StartAsync(account => new() { Account = account, PageSize = pageSize });
        sandbox.Alice.AddMfaDevice("b");
        sandbox.Alice.AddMfaDevice("c");
        (string, string)[] size = maxItems is null ? [] : [("MaxItems", maxItems)];

        var first = await sandbox.CallAsync("ListMFADevices", size);
        var second = await sandbox.CallAsync("ListMFADevices", [("Marker", first["Marker"]!), .. size]);

        Assert.Equal(("true", "false", null), (first["IsTruncated"], second["IsTruncated"], second["Marker"]));
        Assert.Equal(
            ["alice", "b", "c"], first.All("SerialNumber").Concat(second.All("SerialNumber")).Select(serial => serial.Split('/')[1]));
        Assert.Equal(2, first.All("SerialNumber").Count());
        (await sandbox.CallAsync("ListMFADevices", ("Marker", "x"))).AssertRefused(HttpStatusCode.BadRequest, "ValidationError");
    }
}
