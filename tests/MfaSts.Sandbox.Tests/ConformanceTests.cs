using System.Text.Json;
using MfaSts.Sandbox.Tests.Support;

namespace MfaSts.Sandbox.Tests;

/// <summary>Real clients keep the sandbox honest: they sign, and they read the answers. By the real clock.</summary>
public sealed class ConformanceTests : IAsyncLifetime
{
    // The session of one process is used by the next client in the same process, as a script would.
    private const string Boto3 = """
        import json, sys
        try:
            import boto3
            from botocore.exceptions import ClientError
        except ImportError:
            sys.exit(77)
        serial, code = sys.argv[1:]
        def error(call, **arguments):
            try:
                call(**arguments)
            except ClientError as e:
                return [e.response["ResponseMetadata"]["HTTPStatusCode"], e.response["Error"]["Code"], e.response["Error"]["Message"]]
        sts = boto3.client("sts")
        answer = {
            "arn": sts.get_caller_identity()["Arn"],
            "devices": [d["SerialNumber"] for d in boto3.client("iam").list_mfa_devices()["MFADevices"]],
            "denied": error(boto3.client("iam").list_users),
        }
        keys = sts.get_session_token(SerialNumber=serial, TokenCode=code, DurationSeconds=900)["Credentials"]
        answer["spent"] = error(sts.get_session_token, SerialNumber=serial, TokenCode=code)
        session = boto3.Session(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])
        answer["expires"] = keys["Expiration"].isoformat()
        answer["users"] = [u["UserName"] for u in session.client("iam").list_users()["Users"]]
        answer["user"] = session.client("iam").get_user()["User"]["Arn"]
        print(json.dumps(answer))
        """;

    private SandboxServer _server = null!;
    private ClientProgram _client = null!;
    private Keys _alice = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await SandboxServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        _client = new ClientProgram(_server.Endpoint);
        _alice = Keys.Of(_server.Account.Users[0].AccessKeys[0]);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Aws_cli_gets_the_callers_identity()
    {
        (int exitCode, string output, string error) = await _client.RunAsync(
            _alice, "aws", "sts", "get-caller-identity", "--output", "json");

        Assert.True(exitCode == 0, error);
        using var answer = JsonDocument.Parse(output);
        Assert.Equal("arn:aws:iam::123456789012:user/alice", answer.RootElement.GetProperty("Arn").GetString());
        Assert.Equal(_server.Account.Users[0].UserId, answer.RootElement.GetProperty("UserId").GetString());
        Assert.Equal("123456789012", answer.RootElement.GetProperty("Account").GetString());
    }

    [Fact]
    public async Task Aws_cli_lists_users_with_the_session_that_it_got_for_a_code()
    {
        var device = _server.Account.Users[0].MfaDevices[0];
        (int exitCode, string output, string error) = await _client.RunAsync(
            _alice, "aws", "sts", "get-session-token", "--output", "json",
            "--serial-number", device.SerialNumber, "--token-code", device.CodeAt(TimeProvider.System.GetUtcNow()));
        Assert.True(exitCode == 0, error);
        using var answer = JsonDocument.Parse(output);
        var credentials = answer.RootElement.GetProperty("Credentials");
        var session = Assert.Single(_server.Account.Sessions);
        Assert.Equal(session.Expiration, credentials.GetProperty("Expiration").GetDateTimeOffset());
        var keys = new Keys(
            credentials.GetProperty("AccessKeyId").GetString()!,
            credentials.GetProperty("SecretAccessKey").GetString()!,
            credentials.GetProperty("SessionToken").GetString());

        (exitCode, output, error) = await _client.RunAsync(
            keys, "aws", "iam", "list-users", "--query", "Users[].UserName", "--output", "text");

        Assert.True(exitCode == 0, error);
        Assert.Equal("alice", output.Trim());
    }

    [Fact]
    public async Task Aws_cli_without_mfa_reads_the_refusal()
    {
        (int exitCode, _, string error) = await _client.RunAsync(_alice, "aws", "iam", "list-users");

        Assert.NotEqual(0, exitCode);
        Assert.Contains(
            "(AccessDenied) when calling the ListUsers operation: User: arn:aws:iam::123456789012:user/alice is not authorized",
            error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Aws_cli_lists_every_page_of_the_devices()
    {
        await using var server = await SandboxServer.StartAsync(
            new SandboxOptions { Account = _server.Account, PageSize = 1 }, cancellationToken: TestContext.Current.CancellationToken);
        using var client = new ClientProgram(server.Endpoint);
        _server.Account.Users[0].AddHardwareMfaDevice("GAHT12345678");

        (int exitCode, string output, string error) = await client.RunAsync(
            _alice, "aws", "iam", "list-mfa-devices", "--query", "MFADevices[].SerialNumber", "--output", "json");

        Assert.True(exitCode == 0, error);
        Assert.Equal(["arn:aws:iam::123456789012:mfa/alice", "GAHT12345678"], JsonSerializer.Deserialize<string[]>(output)!);
        Assert.Equal(2, server.Requests.Count(request => request.Action == "ListMFADevices"));
    }

    [Fact]
    public async Task Aws_cli_rotates_a_key_with_an_mfa_session()
    {
        var alice = _server.Account.Users[0];
        var now = TimeProvider.System.GetUtcNow();
        var session = Keys.Of(_server.Account.Issue(new(alice, now, now.AddHours(1), mfaAt: now)));
        string old = alice.AccessKeys[0].AccessKeyId;
        Task<(int ExitCode, string Output, string Error)> IamAsync(params string[] arguments) =>
            _client.RunAsync(session, "aws", ["iam", .. arguments, "--output", "text"]);

        (int exitCode, string output, string error) = await IamAsync("create-access-key", "--query", "AccessKey.AccessKeyId");
        Assert.True(exitCode == 0, error);
        Assert.Equal(alice.AccessKeys[1].AccessKeyId, output.Trim());
        Assert.Contains(
            "(LimitExceeded) when calling the CreateAccessKey operation: Cannot exceed quota for AccessKeysPerUser: 2",
            (await IamAsync("create-access-key")).Error, StringComparison.Ordinal);

        Assert.Equal(0, (await IamAsync("update-access-key", "--access-key-id", old, "--status", "Inactive")).ExitCode);
        Assert.False(alice.AccessKeys[0].IsActive);
        (exitCode, output, error) = await IamAsync("list-access-keys", "--query", "AccessKeyMetadata[].Status");
        Assert.True(exitCode == 0, error);
        Assert.Equal("Inactive\tActive", output.Trim());

        Assert.Equal(0, (await IamAsync("delete-access-key", "--access-key-id", old)).ExitCode);
        Assert.DoesNotContain(alice.AccessKeys, key => key.AccessKeyId == old);
    }

    [Fact]
    public async Task Boto3_does_the_whole_round()
    {
        var device = _server.Account.Users[0].MfaDevices[0];

        (int exitCode, string output, string error) = await _client.RunAsync(
            _alice, "python3", "-c", Boto3, device.SerialNumber, device.CodeAt(TimeProvider.System.GetUtcNow()));

        Assert.SkipWhen(exitCode == 77, "The Python package boto3 is not installed.");
        Assert.True(exitCode == 0, error);
        using var answer = JsonDocument.Parse(output);
        string Text(string name) => answer.RootElement.GetProperty(name).ToString();
        Assert.Equal("arn:aws:iam::123456789012:user/alice", Text("arn"));
        Assert.Equal("""["arn:aws:iam::123456789012:mfa/alice"]""", Text("devices"));
        Assert.StartsWith("""[403, "AccessDenied", "User: """, Text("denied"), StringComparison.Ordinal);
        Assert.Equal("""[403, "AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. "]""", Text("spent"));
        Assert.Equal(Assert.Single(_server.Account.Sessions).Expiration, DateTimeOffset.Parse(Text("expires"), null));
        Assert.Equal("""["alice"]""", Text("users"));
        Assert.Equal("arn:aws:iam::123456789012:user/alice", Text("user"));
    }
}
