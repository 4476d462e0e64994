using System.Net;
using MfaSts.Sandbox.Tests.Support;

namespace MfaSts.Sandbox.Tests.Query;

/// <summary>Who may assume a role, and for how long.</summary>
public sealed class AssumeRoleTests
{
    private const string Admin = "arn:aws:iam::123456789012:role/admin";

    private const string Denied =
        "User: arn:aws:iam::123456789012:user/alice is not authorized to perform: sts:AssumeRole on resource: " + Admin;

    private const string CodeRejected = "MultiFactorAuthentication failed with invalid MFA one time pass code. ";

    [Fact]
    public async Task AssumeRole_with_an_mfa_session_gives_a_session_of_the_role_for_an_hour()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var role = sandbox.Account.AddRole("admin", new SandboxTrust { NeedsMfa = true }, "/ops/");
        var mfa = await sandbox.GetMfaSessionAsync();
        sandbox.Clock.Advance(TimeSpan.FromMinutes(5));

        var reply = await sandbox.AssumeRoleAsync(mfa, role.Arn);

        reply.AssertServed();
        var session = sandbox.Account.Sessions[^1];
        Assert.Equal("arn:aws:iam::123456789012:role/ops/admin", role.Arn);
        Assert.Equal("arn:aws:sts::123456789012:assumed-role/admin/alice-session", reply["Arn"]);
        Assert.Equal($"{role.RoleId}:alice-session", reply["AssumedRoleId"]);
        Assert.Matches("^AROA[A-Z2-7]{17}$", role.RoleId);
        Assert.Equal("AssumeRoleResponse/AssumeRoleResult/AssumedRoleUser/Arn", reply.PathOf("Arn"));
        Assert.Equal("AssumeRoleResponse/AssumeRoleResult/Credentials/SessionToken", reply.PathOf("SessionToken"));
        Assert.Equal(
            (session.AccessKeyId, session.SecretAccessKey, session.SessionToken, "2026-03-01T09:05:00Z"),
            (reply["AccessKeyId"]!, reply["SecretAccessKey"]!, reply["SessionToken"]!, reply["Expiration"]!));
        Assert.Equal((role, sandbox.Alice), (session.Role, session.User));
        Assert.Null(reply["PackedPolicySize"]);
        Assert.Null(reply["SourceIdentity"]);
    }

    [Fact]
    public async Task GetCallerIdentity_with_a_role_session_names_role_and_session()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var role = sandbox.Account.AddRole("admin");

        var reply = await sandbox.CallAsAsync(await sandbox.GetRoleSessionAsync(role), "GetCallerIdentity");

        Assert.Equal("arn:aws:sts::123456789012:assumed-role/admin/alice-session", reply["Arn"]);
        Assert.Equal($"{role.RoleId}:alice-session", reply["UserId"]);
        Assert.Equal("123456789012", reply["Account"]);
    }

    [Fact]
    public async Task AssumeRole_of_an_unknown_role_is_denied_as_any_other()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        AssertDeniedUnless(false, await sandbox.AssumeRoleAsync(await sandbox.GetMfaSessionAsync(), Admin));
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:user/alice", true)]
    [InlineData("arn:aws:iam::123456789012:root", true)]
    [InlineData("123456789012", true)]
    [InlineData("*", true)]
    [InlineData("arn:aws:iam::123456789012:user/bob", false)]
    [InlineData("arn:aws:iam::210987654321:root", false)]
    [InlineData("arn:aws:iam::123456789012:role/alice", false)]
    public async Task AssumeRole_by_a_principal_that_the_trust_policy_does_not_name_is_denied(string principal, bool isTrusted)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Account.AddRole("admin", new SandboxTrust { Principals = [principal] });

        var reply = await sandbox.AssumeRoleAsync(await sandbox.GetMfaSessionAsync(), Admin);

        AssertDeniedUnless(isTrusted, reply);
    }

    [Fact]
    public async Task AssumeRole_that_needs_mfa_holds_for_an_mfa_session_or_a_code_and_for_nothing_else()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Account.AddRole("admin", new SandboxTrust { NeedsMfa = true });
        sandbox.AllowWithoutMfa();

        AssertDeniedUnless(false, await sandbox.AssumeRoleAsync(sandbox.AliceKeys, Admin));
        AssertDeniedUnless(false, await sandbox.AssumeRoleAsync(await sandbox.GetPlainSessionAsync(), Admin));
        AssertDeniedUnless(true, await sandbox.AssumeRoleAsync(await sandbox.GetMfaSessionAsync(), Admin));
        sandbox.Clock.Advance(TimeSpan.FromSeconds(30));
        AssertDeniedUnless(true, await sandbox.AssumeRoleAsync(sandbox.AliceKeys, Admin, sandbox.MfaParameters()));
    }

    [Fact]
    public async Task AssumeRole_under_the_users_usual_policy_is_denied_without_mfa_with_awss_reason()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Account.AddRole("admin");

        (await sandbox.AssumeRoleAsync(sandbox.AliceKeys, Admin)).AssertRefused(
            HttpStatusCode.Forbidden, "AccessDenied", Denied + " with an explicit deny in an identity-based policy");
        (await sandbox.AssumeRoleAsync(sandbox.AliceKeys, Admin, sandbox.MfaParameters())).AssertServed();
    }

    [Theory]
    [InlineData(3599, true)]
    [InlineData(3600, false)]
    public async Task AssumeRole_with_an_age_limit_counts_from_the_code(int seconds, bool isYoungEnough)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Account.AddRole("admin", new SandboxTrust { NeedsMfa = true, MfaAgeLimit = TimeSpan.FromHours(1) });
        var first = sandbox.Account.AddRole("first");
        var mfa = await sandbox.GetMfaSessionAsync();
        sandbox.Clock.Advance(TimeSpan.FromSeconds(seconds));
        var role = await sandbox.GetRoleSessionAsync(first, mfa);

        AssertDeniedUnless(isYoungEnough, await sandbox.AssumeRoleAsync(mfa, Admin));
        Assert.Equal(isYoungEnough, (await sandbox.AssumeRoleAsync(role, Admin))["Code"] is null);
    }

    [Theory]
    [InlineData("secret-of-both", true)]
    [InlineData("another", false)]
    [InlineData(null, false)]
    public async Task AssumeRole_with_an_external_id_needs_the_very_one(string? sent, bool isTrusted)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Account.AddRole("admin", new SandboxTrust { ExternalId = "secret-of-both" });

        var reply = await sandbox.AssumeRoleAsync(await sandbox.GetMfaSessionAsync(), Admin, sent is null ? [] : [("ExternalId", sent)]);

        AssertDeniedUnless(isTrusted, reply);
    }

    [Theory]
    [InlineData("alice", true)]
    [InlineData("bob", false)]
    public async Task AssumeRole_whose_session_has_to_bear_the_users_name_is_denied_under_another(string name, bool isTrusted)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Account.AddRole("admin", new SandboxTrust { RoleSessionName = "${aws:username}" });

        var mfa = await sandbox.GetMfaSessionAsync();

        AssertDeniedUnless(isTrusted, await sandbox.CallAsAsync(mfa, "AssumeRole", ("RoleArn", Admin), ("RoleSessionName", name)));
    }

    [Theory]
    [InlineData("900")]
    [InlineData("3600")]
    [InlineData("43200")]
    public async Task AssumeRole_with_a_duration_expires_after_it(string seconds)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Account.AddRole("admin").MaxSessionDuration = TimeSpan.FromHours(12);

        var reply = await sandbox.AssumeRoleAsync(sandbox.AliceKeys, Admin, [.. sandbox.MfaParameters(), ("DurationSeconds", seconds)]);

        Assert.Equal(sandbox.Clock.GetUtcNow() + TimeSpan.FromSeconds(int.Parse(seconds)), DateTimeOffset.Parse(reply["Expiration"]!));
    }

    [Fact]
    public async Task AssumeRole_over_the_roles_maximum_is_refused_and_the_code_is_spent()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Account.AddRole("admin").MaxSessionDuration = TimeSpan.FromHours(2);

        (await sandbox.AssumeRoleAsync(sandbox.AliceKeys, Admin, [.. sandbox.MfaParameters(), ("DurationSeconds", "7201")])).AssertRefused(
            HttpStatusCode.BadRequest, "ValidationError",
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        (await sandbox.AssumeRoleAsync(sandbox.AliceKeys, Admin, [.. sandbox.MfaParameters(), ("DurationSeconds", "7200")])).AssertRefused(
            HttpStatusCode.Forbidden, "AccessDenied", CodeRejected);
        sandbox.Clock.Advance(TimeSpan.FromSeconds(30));
        (await sandbox.AssumeRoleAsync(sandbox.AliceKeys, Admin, [.. sandbox.MfaParameters(), ("DurationSeconds", "7200")])).AssertServed();
    }

    [Theory]
    [InlineData("user with MFA")]
    [InlineData("user without MFA")]
    [InlineData("role")]
    public async Task AssumeRole_from_temporary_keys_over_an_hour_is_refused(string kind)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Account.AddRole("admin").MaxSessionDuration = TimeSpan.FromHours(12);
        sandbox.AllowWithoutMfa();
        var keys = kind switch
        {
            "role" => await sandbox.GetRoleSessionAsync(sandbox.Account.AddRole("first")),
            "user with MFA" => await sandbox.GetMfaSessionAsync(),
            _ => await sandbox.GetPlainSessionAsync(),
        };

        (await sandbox.AssumeRoleAsync(keys, Admin, ("DurationSeconds", "3601"))).AssertRefused(
            HttpStatusCode.BadRequest, "ValidationError",
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.");
        (await sandbox.AssumeRoleAsync(keys, Admin, ("DurationSeconds", "3600"))).AssertServed();
    }

    [Theory]
    [InlineData("DurationSeconds", "899", "durationSeconds", "have value greater than or equal to 900")]
    [InlineData("DurationSeconds", "43201", "durationSeconds", "have value less than or equal to 43200")]
    [InlineData("RoleSessionName", "Session1:2", "roleSessionName", @"satisfy regular expression pattern: [\w+=,.@-]*")]
    [InlineData("RoleSessionName", "Jürgen", "roleSessionName", @"satisfy regular expression pattern: [\w+=,.@-]*")]
    [InlineData("RoleSessionName", "a", "roleSessionName", "have length greater than or equal to 2")]
    [InlineData("ExternalId", "a", "externalId", "have length greater than or equal to 2")]
    [InlineData("SourceIdentity", "a b", "sourceIdentity", @"satisfy regular expression pattern: [\w+=,.@-]*")]
    [InlineData("RoleArn", "arn:aws:iam::1234", "roleArn", "have length greater than or equal to 20")]
    public async Task AssumeRole_with_a_value_out_of_bounds_is_refused(string parameter, string value, string member, string must)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var parameters = new Dictionary<string, string> { ["RoleArn"] = Admin, ["RoleSessionName"] = "alice", [parameter] = value };

        (await sandbox.CallAsync("AssumeRole", [.. parameters.Select(p => (p.Key, p.Value))])).AssertRefused(
            HttpStatusCode.BadRequest, "ValidationError",
            $"1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: Member must {must}");
    }

    [Fact]
    public async Task AssumeRole_with_a_session_name_of_65_characters_is_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        string name = new('a', 65);

        (await sandbox.CallAsync("AssumeRole", ("RoleArn", Admin), ("RoleSessionName", name))).AssertRefused(
            HttpStatusCode.BadRequest, "ValidationError",
            $"1 validation error detected: Value '{name}' at 'roleSessionName' failed to satisfy constraint: "
                + "Member must have length less than or equal to 64");
    }

    [Fact]
    public async Task AssumeRole_without_a_session_name_is_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await sandbox.CallAsync("AssumeRole", ("RoleArn", Admin))).AssertRefused(
            HttpStatusCode.BadRequest, "ValidationError",
            "1 validation error detected: Value null at 'roleSessionName' failed to satisfy constraint: Member must not be null");
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:user/admin")]
    [InlineData("arn:aws:iam:eu-central-1:123456789012:role/admin")]
    [InlineData("arn:aws:iam::123456789012:role/")]
    public async Task AssumeRole_of_what_is_no_role_is_refused(string arn)
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await sandbox.AssumeRoleAsync(sandbox.AliceKeys, arn))
            .AssertRefused(HttpStatusCode.BadRequest, "ValidationError", $"{arn} is invalid");
    }

    [Fact]
    public async Task AssumeRole_by_the_accounts_owner_is_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Account.AddRole("admin");
        var root = Keys.Of(sandbox.Account.AddUser("root").AddAccessKey());

        (await sandbox.AssumeRoleAsync(root, Admin)).AssertRefused(
            HttpStatusCode.Forbidden, "AccessDenied", "Roles may not be assumed by root accounts.");
    }

    [Fact]
    public async Task AssumeRole_in_a_region_switched_off_is_refused_before_the_code_is_spent()
    {
        await using var sandbox = await TestSandbox.StartAsync("us-east-1");
        sandbox.Account.AddRole("admin");

        (await sandbox.AssumeRoleAsync(sandbox.AliceKeys, Admin, sandbox.MfaParameters()))
            .AssertRefused(HttpStatusCode.Forbidden, "RegionDisabledException");
        Assert.True(sandbox.Device.Accept(sandbox.Code, sandbox.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task AssumeRole_with_a_wrong_code_or_anothers_device_is_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var role = sandbox.Account.AddRole("admin");
        string outdated = sandbox.Device.CodeAt(sandbox.Clock.GetUtcNow() - TimeSpan.FromMinutes(5));

        (await sandbox.AssumeRoleAsync(sandbox.AliceKeys, Admin, ("SerialNumber", sandbox.Device.SerialNumber), ("TokenCode", outdated)))
            .AssertRefused(HttpStatusCode.Forbidden, "AccessDenied", CodeRejected);
        sandbox.Clock.Advance(TimeSpan.FromSeconds(30));
        var session = await sandbox.GetRoleSessionAsync(role);
        sandbox.Clock.Advance(TimeSpan.FromSeconds(30));
        (await sandbox.AssumeRoleAsync(session, Admin, sandbox.MfaParameters())).AssertRefused(
            HttpStatusCode.Forbidden, "AccessDenied",
            "MultiFactorAuthentication failed, unable to validate MFA code.  "
                + "Please verify your MFA serial number is valid and associated with this user.");
    }

    [Fact]
    public async Task GetSessionToken_with_a_role_session_is_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await sandbox.CallAsAsync(await sandbox.GetRoleSessionAsync(sandbox.Account.AddRole("admin")), "GetSessionToken"))
            .AssertRefused(HttpStatusCode.Forbidden, "AccessDenied", "Cannot call GetSessionToken with session credentials");
    }

    [Fact]
    public async Task Role_session_outlives_the_one_that_made_it_and_then_expires()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var role = sandbox.Account.AddRole("admin");
        var mfa = await sandbox.GetMfaSessionAsync();
        sandbox.Account.Sessions[^1].Expiration = sandbox.Clock.GetUtcNow().AddMinutes(1);
        var keys = await sandbox.GetRoleSessionAsync(role, mfa);

        sandbox.Clock.Advance(TimeSpan.FromMinutes(59));
        (await sandbox.CallAsAsync(mfa, "GetCallerIdentity")).AssertRefused(HttpStatusCode.Forbidden, "ExpiredToken");
        (await sandbox.CallAsAsync(keys, "GetCallerIdentity")).AssertServed();
        sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        (await sandbox.CallAsAsync(keys, "GetCallerIdentity")).AssertRefused(
            HttpStatusCode.Forbidden, "ExpiredToken", "The security token included in the request is expired");
    }

    [Fact]
    public async Task Requests_tell_the_role_that_was_asked_for()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await sandbox.AssumeRoleAsync(sandbox.AliceKeys, Admin);

        var request = Assert.Single(sandbox.Server.Requests);
        Assert.Equal(("AssumeRole", sandbox.AliceKeys.AccessKeyId, Admin), (request.Action, request.AccessKeyId, request.RoleArn));
        Assert.Equal($"2026-03-01 08:00:00Z AssumeRole {sandbox.AliceKeys.AccessKeyId} {Admin}: AccessDenied", request.ToString());
    }

    private static void AssertDeniedUnless(bool isTrusted, Reply reply)
    {
        if (isTrusted)
        {
            reply.AssertServed();
        }
        else
        {
            reply.AssertRefused(HttpStatusCode.Forbidden, "AccessDenied", Denied);
        }
    }
}
