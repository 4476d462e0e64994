using System.Net;
using MfaSts.Sandbox.Tests.Support;

namespace MfaSts.Sandbox.Tests.Query;

/// <summary>What a role's session hands on to the next role's: MFA, tags, source identity; and roles of another account.</summary>
public sealed class RoleChainTests
{
    private static readonly SandboxTrust AnyTags = new() { AllowsTags = true };

    private static readonly SandboxTrust AnySourceIdentity = new() { AllowsSourceIdentity = true };

    [Fact]
    public async Task Mfa_of_a_session_is_handed_on_and_a_code_for_the_role_alone_is_not()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var role = sandbox.Account.AddRole("first");
        var needsMfa = sandbox.Account.AddRole("second", new SandboxTrust { NeedsMfa = true });
        var chained = await sandbox.GetRoleSessionAsync(role);
        Assert.Equal(sandbox.Clock.GetUtcNow(), sandbox.Account.Sessions[^1].MfaAt);
        sandbox.Clock.Advance(TimeSpan.FromSeconds(30));
        var direct = await sandbox.GetRoleSessionAsync(role, sandbox.AliceKeys, sandbox.MfaParameters());
        Assert.False(sandbox.Account.Sessions[^1].HasMfa);

        var reply = await sandbox.AssumeRoleAsync(direct, needsMfa.Arn);

        reply.AssertRefused(
            HttpStatusCode.Forbidden, "AccessDenied",
            "User: arn:aws:sts::123456789012:assumed-role/first/alice-session is not authorized to perform: sts:AssumeRole "
                + "on resource: arn:aws:iam::123456789012:role/second");
        (await sandbox.AssumeRoleAsync(chained, needsMfa.Arn)).AssertServed();
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:role/first", true)]
    [InlineData("arn:aws:sts::123456789012:assumed-role/first/alice-session", true)]
    [InlineData("arn:aws:sts::123456789012:assumed-role/first/another", false)]
    [InlineData("arn:aws:iam::123456789012:user/alice", false)]
    public async Task Role_session_is_trusted_by_the_name_of_the_role_or_its_own(string principal, bool isTrusted)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var target = sandbox.Account.AddRole("second", new SandboxTrust { Principals = [principal] });

        var reply = await sandbox.AssumeRoleAsync(await sandbox.GetRoleSessionAsync(sandbox.Account.AddRole("first")), target.Arn);

        Assert.Equal(isTrusted ? HttpStatusCode.OK : HttpStatusCode.Forbidden, reply.Response.StatusCode);
    }

    [Fact]
    public async Task Role_of_another_account_is_assumed_and_its_session_belongs_there()
    {
        var other = new SandboxAccount("210987654321");
        await using var sandbox = await TestSandbox.StartAsync(account => new() { Account = account, OtherAccounts = [other] });
        other.AddUser("bob");
        var trusting = other.AddRole("audit", new() { Principals = ["arn:aws:iam::123456789012:root"], ExternalId = "audit-42" });
        var distrusting = other.AddRole("closed");
        var mfa = await sandbox.GetMfaSessionAsync();

        var session = await sandbox.GetRoleSessionAsync(trusting, mfa, ("ExternalId", "audit-42"));

        Assert.Same(Assert.Single(other.Sessions).User, sandbox.Alice);
        var identity = await sandbox.CallAsAsync(session, "GetCallerIdentity");
        Assert.Equal("210987654321", identity["Account"]);
        Assert.Equal("arn:aws:sts::210987654321:assumed-role/audit/alice-session", identity["Arn"]);
        Assert.Equal("arn:aws:iam::210987654321:user/bob", (await sandbox.CallAsAsync(session, "ListUsers"))["Arn"]);
        (await sandbox.AssumeRoleAsync(mfa, distrusting.Arn)).AssertRefused(HttpStatusCode.Forbidden, "AccessDenied");
    }

    [Fact]
    public async Task Role_is_left_to_the_callers_own_policy_unless_it_names_a_caller_of_its_account()
    {
        var other = new SandboxAccount("210987654321");
        await using var sandbox = await TestSandbox.StartAsync(account => new() { Account = account, OtherAccounts = [other] });
        var byName = new SandboxTrust { Principals = [sandbox.Alice.Arn] };
        sandbox.Alice.Policy = """{"Statement":{"Effect":"Allow","Action":"iam:*","Resource":"*"}}""";

        (await sandbox.AssumeRoleAsync(sandbox.AliceKeys, sandbox.Account.AddRole("named", byName).Arn)).AssertServed();
        (await sandbox.AssumeRoleAsync(sandbox.AliceKeys, sandbox.Account.AddRole("delegated").Arn))
            .AssertRefused(HttpStatusCode.Forbidden, "AccessDenied");
        (await sandbox.AssumeRoleAsync(sandbox.AliceKeys, other.AddRole("abroad", byName).Arn))
            .AssertRefused(HttpStatusCode.Forbidden, "AccessDenied");
    }

    [Fact]
    public async Task Tags_are_kept_and_only_the_transitive_ones_are_handed_on()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var first = sandbox.Account.AddRole("first", AnyTags);
        var second = sandbox.Account.AddRole("second", AnyTags);

        var session = await sandbox.GetRoleSessionAsync(
            first, null, [.. Tag(1, "Team", "blue"), .. Tag(2, "cost", ""), Transitive(1, "team")]);
        Assert.Equal(
            [new("Team", "blue"), new("cost", "")], sandbox.Account.Sessions[^1].Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal));
        await sandbox.GetRoleSessionAsync(second, session, Tag(1, "own", "1"));

        Assert.Equal(
            [new("Team", "blue"), new("own", "1")], sandbox.Account.Sessions[^1].Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal));
        Assert.Equal(["team"], sandbox.Account.Sessions[^1].TransitiveTagKeys);
    }

    [Fact]
    public async Task Tags_need_sts_TagSession_when_they_are_sent_or_inherited()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var open = sandbox.Account.AddRole("open", AnyTags);
        var closed = sandbox.Account.AddRole("closed");
        var mfa = await sandbox.GetMfaSessionAsync();
        var tagged = await sandbox.GetRoleSessionAsync(open, mfa, [.. Tag(1, "team", "blue"), Transitive(1, "team")]);
        var plain = await sandbox.GetRoleSessionAsync(open, mfa, Tag(1, "team", "blue"));

        (await sandbox.AssumeRoleAsync(mfa, closed.Arn, Tag(1, "team", "blue"))).AssertRefused(
            HttpStatusCode.Forbidden, "AccessDenied",
            "User: arn:aws:iam::123456789012:user/alice is not authorized to perform: sts:TagSession "
                + "on resource: arn:aws:iam::123456789012:role/closed");
        (await sandbox.AssumeRoleAsync(tagged, closed.Arn)).AssertRefused(
            HttpStatusCode.Forbidden, "AccessDenied",
            "User: arn:aws:sts::123456789012:assumed-role/open/alice-session is not authorized to perform: sts:TagSession "
                + "on resource: arn:aws:iam::123456789012:role/closed");
        (await sandbox.AssumeRoleAsync(plain, closed.Arn)).AssertServed();
    }

    [Fact]
    public async Task Tags_that_a_trust_policy_asks_for_have_to_be_sent()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var role = sandbox.Account.AddRole("tagged");
        role.TrustPolicy = """
            {
              "Statement": {
                "Effect": "Allow", "Principal": { "AWS": "123456789012" }, "Action": ["sts:AssumeRole", "sts:TagSession"],
                "Condition": {
                  "StringEquals": { "aws:RequestTag/team": ["blue", "red"] }, "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] }
                }
              }
            }
            """;
        var mfa = await sandbox.GetMfaSessionAsync();

        (await sandbox.AssumeRoleAsync(mfa, role.Arn, Tag(1, "team", "red"))).AssertServed();
        (await sandbox.AssumeRoleAsync(mfa, role.Arn, Tag(1, "team", "green"))).AssertRefused(HttpStatusCode.Forbidden, "AccessDenied");
        (await sandbox.AssumeRoleAsync(mfa, role.Arn)).AssertRefused(HttpStatusCode.Forbidden, "AccessDenied");
        (await sandbox.AssumeRoleAsync(mfa, role.Arn, [.. Tag(1, "team", "red"), .. Tag(2, "more", "1")]))
            .AssertRefused(HttpStatusCode.Forbidden, "AccessDenied");
    }

    [Fact]
    public async Task Tags_that_contradict_each_other_are_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var role = sandbox.Account.AddRole("first", AnyTags);
        var session = await sandbox.GetRoleSessionAsync(role, null, [.. Tag(1, "team", "blue"), Transitive(1, "team")]);
        async Task AssertRefusedAsync(string message, params (string, string)[] parameters) =>
            (await sandbox.AssumeRoleAsync(session, role.Arn, parameters))
                .AssertRefused(HttpStatusCode.BadRequest, "InvalidParameterValue", message);

        await AssertRefusedAsync(
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.", [.. Tag(1, "a", "1"), .. Tag(2, "A", "2")]);
        await AssertRefusedAsync("The specified transitive tag key must be included in the requested tags.", Transitive(1, "a"));
        foreach (var again in ((string, string)[][])[Tag(1, "TEAM", "red"), [Transitive(1, "Team")]])
        {
            await AssertRefusedAsync(
                "One of the specified transitive tag keys can't be set "
                    + "because it conflicts with a transitive tag key from the calling session.",
                again);
        }
    }

    [Fact]
    public async Task Tags_over_the_limits_are_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var role = sandbox.Account.AddRole("first", AnyTags);
        (string, string)[] many = [.. Enumerable.Range(1, 51).SelectMany(i => Tag(i, $"k{i}", "v"))];
        string longKey = new('k', 129);

        (await sandbox.AssumeRoleAsync(sandbox.AliceKeys, role.Arn, many)).AssertRefused(HttpStatusCode.BadRequest, "ValidationError");
        (await sandbox.AssumeRoleAsync(sandbox.AliceKeys, role.Arn, Tag(1, "é", "a|b"))).AssertRefused(
            HttpStatusCode.BadRequest, "ValidationError",
            "1 validation error detected: Value 'a|b' at 'tags.1.member.value' failed to satisfy constraint: "
                + @"Member must satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]*");
        (await sandbox.AssumeRoleAsync(sandbox.AliceKeys, role.Arn, Tag(1, longKey, "v"))).AssertRefused(
            HttpStatusCode.BadRequest, "ValidationError",
            $"1 validation error detected: Value '{longKey}' at 'tags.1.member.key' failed to satisfy constraint: "
                + "Member must have length less than or equal to 128");
    }

    [Fact]
    public async Task Source_identity_sticks_to_the_chain_and_cannot_be_changed()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var first = sandbox.Account.AddRole("first", AnySourceIdentity);
        var second = sandbox.Account.AddRole("second", AnySourceIdentity);
        var third = sandbox.Account.AddRole("third");

        var session = await sandbox.GetRoleSessionAsync(first, null, ("SourceIdentity", "alice"));
        var reply = await sandbox.AssumeRoleAsync(session, second.Arn);

        Assert.Equal("AssumeRoleResponse/AssumeRoleResult/SourceIdentity", reply.PathOf("SourceIdentity"));
        Assert.Equal("alice", reply["SourceIdentity"]);
        Assert.Equal("alice", sandbox.Account.Sessions[^1].SourceIdentity);
        (await sandbox.AssumeRoleAsync(session, second.Arn, ("SourceIdentity", "alice"))).AssertServed();
        (await sandbox.AssumeRoleAsync(session, second.Arn, ("SourceIdentity", "bob")))
            .AssertRefused(HttpStatusCode.Forbidden, "AccessDenied");
        (await sandbox.AssumeRoleAsync(session, third.Arn)).AssertRefused(
            HttpStatusCode.Forbidden, "AccessDenied",
            "User: arn:aws:sts::123456789012:assumed-role/first/alice-session is not authorized to perform: sts:SetSourceIdentity "
                + "on resource: arn:aws:iam::123456789012:role/third");
    }

    private static (string Name, string Value)[] Tag(int number, string key, string value) =>
        [($"Tags.member.{number}.Key", key), ($"Tags.member.{number}.Value", value)];

    private static (string Name, string Value) Transitive(int number, string key) => ($"TransitiveTagKeys.member.{number}", key);
}
