using System.Text.Json;
using MfaSts.Sandbox.Tests.Support;

namespace MfaSts.Sandbox.Tests;

/// <summary>Real clients assume roles: they send every parameter, and they read the answers. By the real clock.</summary>
public sealed class RoleConformanceTests : IAsyncLifetime
{
    // Each parameter that AssumeRole has, then a chain to another account, as boto3's own provider makes it from a role profile.
    private const string Boto3 = """
        import json, os, sys
        try:
            import boto3
            from botocore.exceptions import ClientError
        except ImportError:
            sys.exit(77)
        role, other, serial, code = sys.argv[1:]
        def error(call, **arguments):
            try:
                call(**arguments)
            except ClientError as e:
                answer = e.response
                return [answer["ResponseMetadata"]["HTTPStatusCode"], type(e).__name__, answer["Error"]["Code"], answer["Error"]["Message"]]
        sts = boto3.client("sts")
        policy = json.dumps({"Statement": [{"Effect": "Allow", "Action": ["iam:List*", "sts:*"], "Resource": "*"}]})
        made = sts.assume_role(
            RoleArn=role, RoleSessionName="boto3", ExternalId="of-both", DurationSeconds=7200, SerialNumber=serial, TokenCode=code,
            Policy=policy, PolicyArns=[{"arn": "arn:aws:iam::aws:policy/IAMReadOnlyAccess"}], SourceIdentity="alice",
            Tags=[{"Key": "team", "Value": "blue"}, {"Key": "cost", "Value": "7"}], TransitiveTagKeys=["team"])
        keys = made["Credentials"]
        session = boto3.Session(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])
        again = session.client("sts").assume_role
        home = os.environ["HOME"]
        os.makedirs(home + "/.aws")
        with open(home + "/.aws/credentials", "w") as f:
            f.write(f"[mfa]\naws_access_key_id={keys['AccessKeyId']}\naws_secret_access_key={keys['SecretAccessKey']}\n"
                    f"aws_session_token={keys['SessionToken']}\n")
        with open(home + "/.aws/config", "w") as f:
            f.write(f"[profile audit]\nrole_arn={other}\nsource_profile=mfa\nrole_session_name=from-profile\n")
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            del os.environ[name]
        print(json.dumps({
            "made": [made["AssumedRoleUser"]["Arn"], made["SourceIdentity"], made["PackedPolicySize"] > 0, keys["Expiration"].isoformat()],
            "identity": session.client("sts").get_caller_identity()["Arn"],
            "users": [u["UserName"] for u in session.client("iam").list_users()["Users"]],
            "narrowed": error(session.client("iam").create_access_key, UserName="alice")[2:3],
            "chain": error(again, RoleArn=other, RoleSessionName="boto3", DurationSeconds=3601),
            "packed": error(again, RoleArn=other, RoleSessionName="boto3", Tags=[
                {"Key": f"k{i}", "Value": os.urandom(120).hex()} for i in range(9)])[0:3],
            "malformed": error(again, RoleArn=other, RoleSessionName="boto3", Policy="{")[0:3],
            "profile": boto3.Session(profile_name="audit").client("sts").get_caller_identity()["Arn"],
        }))
        """;

    private readonly SandboxAccount _other = new("210987654321");
    private SandboxServer _server = null!;
    private ClientProgram _client = null!;
    private Keys _alice = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await SandboxServer.StartAsync(
            new SandboxOptions { OtherAccounts = [_other] }, cancellationToken: TestContext.Current.CancellationToken);
        _client = new ClientProgram(_server.Endpoint);
        _alice = Keys.Of(_server.Account.Users[0].AccessKeys[0]);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Boto3_assumes_roles_with_every_parameter_and_in_a_chain()
    {
        var role = _server.Account.AddRole(
            "ops", new SandboxTrust { NeedsMfa = true, ExternalId = "of-both", AllowsTags = true, AllowsSourceIdentity = true });
        role.MaxSessionDuration = TimeSpan.FromHours(2);
        var audit = _other.AddRole("audit", new SandboxTrust { Principals = [role.Arn], AllowsTags = true, AllowsSourceIdentity = true });
        var device = _server.Account.Users[0].MfaDevices[0];

        (int exitCode, string output, string error) = await _client.RunAsync(
            _alice, "python3", "-c", Boto3, role.Arn, audit.Arn, device.SerialNumber, device.CodeAt(TimeProvider.System.GetUtcNow()));

        Assert.SkipWhen(exitCode == 77, "The Python package boto3 is not installed.");
        Assert.True(exitCode == 0, error);
        using var answer = JsonDocument.Parse(output);
        string Text(string name) => answer.RootElement.GetProperty(name).ToString();
        var session = _server.Account.Sessions[0];
        Assert.StartsWith(
            """["arn:aws:sts::123456789012:assumed-role/ops/boto3", "alice", true, """, Text("made"), StringComparison.Ordinal);
        Assert.Equal(session.Expiration, answer.RootElement.GetProperty("made")[3].GetDateTimeOffset());
        Assert.Equal([new("cost", "7"), new("team", "blue")], session.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal));
        Assert.Equal("arn:aws:sts::123456789012:assumed-role/ops/boto3", Text("identity"));
        Assert.Equal("""["alice"]""", Text("users"));
        Assert.Equal("""["AccessDenied"]""", Text("narrowed"));
        Assert.Equal(
            """[400, "ClientError", "ValidationError", "The requested DurationSeconds exceeds the 1 hour session limit """
                + """for roles assumed by role chaining."]""",
            Text("chain"));
        Assert.Equal("""[400, "PackedPolicyTooLargeException", "PackedPolicyTooLarge"]""", Text("packed"));
        Assert.Equal("""[400, "MalformedPolicyDocumentException", "MalformedPolicyDocument"]""", Text("malformed"));
        Assert.Equal("arn:aws:sts::210987654321:assumed-role/audit/from-profile", Text("profile"));
        Assert.Equal([new("team", "blue")], _other.Sessions[^1].Tags);
        Assert.Equal("alice", _other.Sessions[^1].SourceIdentity);
    }

    [Fact]
    public async Task Aws_cli_assumes_a_role_with_an_mfa_session_and_lists_users()
    {
        var now = TimeProvider.System.GetUtcNow();
        var alice = _server.Account.Users[0];
        var mfa = Keys.Of(_server.Account.Issue(new(alice, now, now.AddHours(1), mfaAt: now)));

        (int exitCode, string output, string error) = await _client.RunAsync(
            mfa, "aws", "sts", "assume-role", "--output", "json",
            "--role-arn", "arn:aws:iam::123456789012:role/admin", "--role-session-name", "cli");

        Assert.True(exitCode == 0, error);
        using var answer = JsonDocument.Parse(output);
        var credentials = answer.RootElement.GetProperty("Credentials");
        var session = _server.Account.Sessions[^1];
        Assert.Equal(session.Expiration, credentials.GetProperty("Expiration").GetDateTimeOffset());
        Assert.Equal(session.UserId, answer.RootElement.GetProperty("AssumedRoleUser").GetProperty("AssumedRoleId").GetString());
        Assert.False(answer.RootElement.TryGetProperty("PackedPolicySize", out _));
        (exitCode, output, error) = await _client.RunAsync(
            Keys.Of(session), "aws", "iam", "list-users", "--query", "Users[].UserName", "--output", "text");
        Assert.True(exitCode == 0, error);
        Assert.Equal("alice", output.Trim());
    }

    [Fact]
    public async Task Aws_cli_without_mfa_reads_the_refusal()
    {
        (int exitCode, _, string error) = await _client.RunAsync(
            _alice, "aws", "sts", "assume-role", "--role-arn", "arn:aws:iam::123456789012:role/admin", "--role-session-name", "cli");

        Assert.NotEqual(0, exitCode);
        Assert.Contains(
            "(AccessDenied) when calling the AssumeRole operation: User: arn:aws:iam::123456789012:user/alice "
                + "is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/admin",
            error, StringComparison.Ordinal);
    }
}
