using MfaSts.Errors;
using MfaSts.Sandbox;
using MfaSts.Sts;

namespace MfaSts.Aws.Tests;

/// <summary>The gateway and a service that checks signatures and policies.</summary>
public sealed class SandboxConformanceTests : IAsyncLifetime
{
    private readonly AwsGateway _gateway = new();
    private SandboxServer _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private SandboxUser Alice => _server.Account.Users[0];

    public async ValueTask InitializeAsync() => _server = await SandboxServer.StartAsync(
        new SandboxOptions { PageSize = 1, NewKeyDelay = TimeSpan.FromMinutes(1) }, cancellationToken: Stop);

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Devices_OfEveryKind_AreListedPageByPage()
    {
        Alice.AddHardwareMfaDevice("GAHT12345678");
        Alice.AddSecurityKey("yubikey");

        var devices = (await _gateway.ListMfaDevicesAsync(LongTerm(), userName: null, Stop)).Value;

        Assert.Equal(
            ["arn:aws:iam::123456789012:mfa/alice", "GAHT12345678", "arn:aws:iam::123456789012:u2f/user/alice/yubikey"],
            devices.Select(device => device.SerialNumber));
        Assert.All(devices, device => Assert.Equal("alice", device.UserName));
        Assert.Equal(3, _server.Requests.Count);
    }

    [Fact]
    public async Task Rotation_WithAnMfaSession_GoesThrough()
    {
        var session = await SessionAsync();
        var made = (await _gateway.CreateAccessKeyAsync(session, userName: null, Stop)).Value;
        Assert.Equal(Alice.AccessKeys[1].SecretAccessKey, made.SecretAccessKey);
        Assert.Equal(
            MfaErrorId.AccessKeyLimit,
            (await Assert.ThrowsAsync<MfaException>(() => _gateway.CreateAccessKeyAsync(session, userName: null, Stop))).Error.Id);

        string old = Alice.AccessKeys[0].AccessKeyId;
        Assert.Equal(old, (await _gateway.SetAccessKeyStatusAsync(session, userName: null, old, isActive: false, Stop)).Value);
        var keys = (await _gateway.ListAccessKeysAsync(session, "alice", Stop)).Value;
        Assert.Equal([(old, false), (made.AccessKeyId, true)], keys.Select(key => (key.AccessKeyId, key.IsActive)));

        Assert.Equal(old, (await _gateway.DeleteAccessKeyAsync(session, userName: null, old, Stop)).Value);
        Assert.Equal(made.AccessKeyId, Assert.Single(Alice.AccessKeys).AccessKeyId);
        Assert.Equal(
            MfaErrorId.IamEntityNotFound,
            (await Assert.ThrowsAsync<MfaException>(() => _gateway.DeleteAccessKeyAsync(session, userName: null, old, Stop))).Error.Id);
    }

    [Fact]
    public async Task NewKey_BeforeAwsKnowsIt_IsRefusedAsNotAccepted()
    {
        var made = (await _gateway.CreateAccessKeyAsync(await SessionAsync(), userName: null, Stop)).Value;

        var failure = await Assert.ThrowsAsync<MfaException>(
            () => _gateway.GetCallerIdentityAsync(Call(made.AccessKeyId, made.SecretAccessKey, sessionToken: null), Stop));

        Assert.Equal(MfaErrorId.LongTermCredentialRejected, failure.Error.Id);
    }

    [Fact]
    public async Task Keys_WithoutMfa_AreDenied()
    {
        var failure = await Assert.ThrowsAsync<MfaException>(() => _gateway.ListAccessKeysAsync(LongTerm(), userName: null, Stop));

        Assert.Equal(MfaErrorId.AccessDenied, failure.Error.Id);
        Assert.Contains("not authorized to perform: iam:ListAccessKeys", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Devices_WithASessionWithoutMfa_AreRefused()
    {
        var session = await PlainSessionAsync();

        Assert.Equal(
            MfaErrorId.AccessDenied,
            (await Assert.ThrowsAsync<MfaException>(() => _gateway.ListMfaDevicesAsync(session, userName: null, Stop))).Error.Id);
    }

    private StsCall LongTerm() => Call(Alice.AccessKeys[0].AccessKeyId, Alice.AccessKeys[0].SecretAccessKey, sessionToken: null);

    private async Task<StsCall> SessionAsync()
    {
        var device = Alice.MfaDevices[0];
        var keys = (await _gateway.GetSessionTokenAsync(
            LongTerm(), device.SerialNumber, device.CodeAt(TimeProvider.System.GetUtcNow()), TimeSpan.FromMinutes(15), Stop)).Value;
        return Call(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken);
    }

    // The gateway never asks for one, so an SDK does.
    private async Task<StsCall> PlainSessionAsync()
    {
        var settings = new Amazon.SecurityToken.AmazonSecurityTokenServiceConfig
        {
            ServiceURL = _server.Endpoint.ToString(),
            AuthenticationRegion = "us-east-1",
        };
        SdkIsolation.Ensure();
        using var sts = new Amazon.SecurityToken.AmazonSecurityTokenServiceClient(
            new Amazon.Runtime.BasicAWSCredentials(Alice.AccessKeys[0].AccessKeyId, Alice.AccessKeys[0].SecretAccessKey), settings);
        var keys = (await sts.GetSessionTokenAsync(Stop)).Credentials;
        return Call(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken);
    }

    private StsCall Call(string id, string secret, string? sessionToken) => new()
    {
        Profile = "prod",
        AccessKeyId = id,
        SecretAccessKey = secret,
        SessionToken = sessionToken,
        Region = "us-east-1",
        EndpointUrl = _server.Endpoint,
    };
}
