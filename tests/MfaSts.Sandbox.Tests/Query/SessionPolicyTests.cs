using System.Net;
using System.Security.Cryptography;
using MfaSts.Sandbox.Tests.Support;

namespace MfaSts.Sandbox.Tests.Query;

/// <summary>What a role's session may do: the role's own policy, narrowed by session policies.</summary>
public sealed class SessionPolicyTests
{
    private const string AllowGet = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:Get*","Resource":"*"}]}""";

    private const string Refused =
        "User: arn:aws:sts::123456789012:assumed-role/admin/alice-session is not authorized to perform: iam:ListUsers "
        + "on resource: arn:aws:iam::123456789012:user/ ";

    [Fact]
    public async Task ListUsers_with_a_role_session_is_served_without_mfa_in_its_context()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var session = await sandbox.GetRoleSessionAsync(sandbox.Account.AddRole("admin"), sandbox.AliceKeys, sandbox.MfaParameters());

        Assert.Equal(sandbox.Alice.Arn, (await sandbox.CallAsAsync(session, "ListUsers"))["Arn"]);
        Assert.False(sandbox.Account.Sessions[^1].HasPolicies);
    }

    [Theory]
    [InlineData("Bool")]
    [InlineData("BoolIfExists")]
    public async Task ListUsers_under_a_policy_that_asks_for_mfa_sees_the_role_sessions_context(string comparison)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var role = sandbox.Account.AddRole("admin");
        role.Policy = $$"""
            {
              "Statement": {
                "Effect": "Allow", "Action": "*", "Resource": "*",
                "Condition": { "{{comparison}}": { "aws:MultiFactorAuthPresent": "true" } }
              }
            }
            """;
        var chained = await sandbox.GetRoleSessionAsync(role);
        sandbox.Clock.Advance(TimeSpan.FromSeconds(30));
        var direct = await sandbox.GetRoleSessionAsync(role, sandbox.AliceKeys, sandbox.MfaParameters());

        (await sandbox.CallAsAsync(chained, "ListUsers")).AssertServed();
        var reply = await sandbox.CallAsAsync(direct, "ListUsers");
        if (comparison == "Bool")
        {
            // The key is not there at all, so that IfExists holds.
            reply.AssertRefused(
                HttpStatusCode.Forbidden, "AccessDenied", Refused + "because no identity-based policy allows the iam:ListUsers action");
        }
        else
        {
            reply.AssertServed();
        }
    }

    [Fact]
    public async Task Session_policy_narrows_what_the_role_may()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var session = await sandbox.GetRoleSessionAsync(sandbox.Account.AddRole("admin"), null, ("Policy", AllowGet));

        (await sandbox.CallAsAsync(session, "ListUsers")).AssertRefused(
            HttpStatusCode.Forbidden, "AccessDenied", Refused + "because no session policy allows the iam:ListUsers action");
        (await sandbox.CallAsAsync(session, "GetUser", ("UserName", "alice"))).AssertServed();
        Assert.True(sandbox.Account.Sessions[^1].HasPolicies);
    }

    [Fact]
    public async Task Session_policy_does_not_widen_what_the_role_may()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var role = sandbox.Account.AddRole("admin");
        role.Policy = AllowGet;
        var session = await sandbox.GetRoleSessionAsync(role, null, Arn("AdministratorAccess"));

        (await sandbox.CallAsAsync(session, "ListUsers")).AssertRefused(
            HttpStatusCode.Forbidden, "AccessDenied", Refused + "because no identity-based policy allows the iam:ListUsers action");
    }

    [Fact]
    public async Task Session_policies_named_and_sent_allow_together_and_one_denial_outweighs_them()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var role = sandbox.Account.AddRole("admin");
        string deny = sandbox.Account.AddPolicy("no-lists", """{"Statement":{"Effect":"Deny","Action":"iam:List*","Resource":"*"}}""");
        var mfa = await sandbox.GetMfaSessionAsync();

        var both = await sandbox.GetRoleSessionAsync(role, mfa, ("Policy", AllowGet), Arn("IAMReadOnlyAccess"));
        (await sandbox.CallAsAsync(both, "ListUsers")).AssertServed();
        var denied = await sandbox.GetRoleSessionAsync(role, mfa, Arn("IAMReadOnlyAccess"), ("PolicyArns.member.2.arn", deny));
        (await sandbox.CallAsAsync(denied, "ListUsers")).AssertRefused(
            HttpStatusCode.Forbidden, "AccessDenied", Refused + "with an explicit deny in a session policy");
    }

    [Fact]
    public async Task Session_policy_holds_for_the_next_role_too()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var next = sandbox.Account.AddRole("next");

        var session = await sandbox.GetRoleSessionAsync(sandbox.Account.AddRole("admin"), null, ("Policy", AllowGet));

        (await sandbox.AssumeRoleAsync(session, next.Arn)).AssertRefused(HttpStatusCode.Forbidden, "AccessDenied");
    }

    [Fact]
    public async Task Revoked_sessions_are_denied_and_new_ones_are_not()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var role = sandbox.Account.AddRole("admin");
        var mfa = await sandbox.GetMfaSessionAsync();
        var old = await sandbox.GetRoleSessionAsync(role, mfa);
        sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        role.Policy = """
            {
              "Statement": [
                { "Effect": "Allow", "Action": "*", "Resource": "*" },
                {
                  "Effect": "Deny", "Action": "*", "Resource": "*",
                  "Condition": { "DateLessThan": { "aws:TokenIssueTime": "2026-03-01T08:01:00Z" } }
                }
              ]
            }
            """;

        (await sandbox.CallAsAsync(old, "ListUsers")).AssertRefused(
            HttpStatusCode.Forbidden, "AccessDenied", Refused + "with an explicit deny in an identity-based policy");
        (await sandbox.CallAsAsync(await sandbox.GetRoleSessionAsync(role, mfa), "ListUsers")).AssertServed();
    }

    [Theory]
    [InlineData("{", "This policy contains invalid Json")]
    [InlineData("[]", "Syntax errors in policy.")]
    [InlineData("""{"Version":"2012-10-17"}""", "Syntax errors in policy.")]
    [InlineData("""{"Statement":[{"Effect":"Allow"}]}""", "Syntax errors in policy.")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"*"}}""", "Policy statement must contain resources.")]
    [InlineData(
        """{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Principal":"*"}}""",
        "Policy document should not specify a principal.")]
    public async Task Session_policy_that_is_none_is_refused(string policy, string message)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var role = sandbox.Account.AddRole("admin");

        (await sandbox.AssumeRoleAsync(await sandbox.GetMfaSessionAsync(), role.Arn, ("Policy", policy)))
            .AssertRefused(HttpStatusCode.BadRequest, "MalformedPolicyDocument", message);
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:policy/none")]
    [InlineData("arn:aws:iam::210987654321:policy/theirs")]
    public async Task Session_policy_that_the_roles_account_does_not_have_is_refused(string arn)
    {
        var other = new SandboxAccount("210987654321");
        await using var sandbox = await TestSandbox.StartAsync(account => new() { Account = account, OtherAccounts = [other] });
        other.AddPolicy("theirs", AllowGet);
        var role = sandbox.Account.AddRole("admin");

        (await sandbox.AssumeRoleAsync(await sandbox.GetMfaSessionAsync(), role.Arn, ("PolicyArns.member.1.arn", arn)))
            .AssertRefused(HttpStatusCode.BadRequest, "ValidationError", $"Policy {arn} does not exist or is not attachable.");
    }

    [Fact]
    public async Task Session_policies_over_the_plain_limits_are_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var role = sandbox.Account.AddRole("admin");
        string policy = AllowGet + new string(' ', 2049 - AllowGet.Length);
        (string, string)[] eleven = [.. Enumerable.Range(1, 11).Select(i => ($"PolicyArns.member.{i}.arn", Arn("ReadOnlyAccess").Value))];
        var mfa = await sandbox.GetMfaSessionAsync();

        (await sandbox.AssumeRoleAsync(mfa, role.Arn, ("Policy", policy))).AssertRefused(HttpStatusCode.BadRequest, "ValidationError");
        (await sandbox.AssumeRoleAsync(mfa, role.Arn, ("Policy", policy[..2015]), Arn("ReadOnlyAccess")))
            .AssertRefused(HttpStatusCode.BadRequest, "ValidationError");
        (await sandbox.AssumeRoleAsync(mfa, role.Arn, eleven)).AssertRefused(HttpStatusCode.BadRequest, "ValidationError");
        (await sandbox.AssumeRoleAsync(mfa, role.Arn, ("Policy", policy[..2048]))).AssertServed();
        (await sandbox.AssumeRoleAsync(mfa, role.Arn, eleven[..10])).AssertServed();
    }

    [Fact]
    public async Task Packed_size_is_told_and_over_the_room_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var role = sandbox.Account.AddRole("admin", new SandboxTrust { AllowsTags = true });
        var mfa = await sandbox.GetMfaSessionAsync();
        const string letters = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        (string, string)[] tags =
        [
            .. Enumerable.Range(1, 9).SelectMany(i => ((string, string)[])
            [
                ($"Tags.member.{i}.Key", $"key{i}"), ($"Tags.member.{i}.Value", RandomNumberGenerator.GetString(letters, 250)),
            ]),
        ];
        string resources = string.Join(',', Enumerable.Range(0, 25).Select(_ => $"\"arn:aws:s3:::{Guid.NewGuid():N}\""));
        string wide = """{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":[""" + resources + "]}}";

        var reply = await sandbox.AssumeRoleAsync(mfa, role.Arn, ("Policy", AllowGet));
        Assert.Equal("AssumeRoleResponse/AssumeRoleResult/PackedPolicySize", reply.PathOf("PackedPolicySize"));
        Assert.InRange(int.Parse(reply["PackedPolicySize"]!), 10, 30);
        Assert.Matches(
            @"^400 PackedPolicyTooLarge: Packed size of session tags consumes [3-5]\d\d% of allotted space\.$",
            (await sandbox.AssumeRoleAsync(mfa, role.Arn, tags)).ToString());
        Assert.Matches(
            @"^400 PackedPolicyTooLarge: Packed policy consumes 1\d\d% of allotted space, please use smaller policy\.$",
            (await sandbox.AssumeRoleAsync(mfa, role.Arn, ("Policy", wide))).ToString());
    }

    [Fact]
    public async Task Action_on_oneself_with_a_role_session_needs_a_user_name()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await sandbox.CallAsAsync(await sandbox.GetRoleSessionAsync(sandbox.Account.AddRole("admin")), "ListMFADevices"))
            .AssertRefused(HttpStatusCode.BadRequest, "ValidationError", "Must specify userName when calling with non-User credentials");
    }

    private static (string Name, string Value) Arn(string awsPolicy) => ("PolicyArns.member.1.arn", "arn:aws:iam::aws:policy/" + awsPolicy);
}
