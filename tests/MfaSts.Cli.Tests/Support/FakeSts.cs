using MfaSts.Iam;
using MfaSts.Sts;

namespace MfaSts.Cli.Tests.Support;

/// <summary>AWS without a network: gives numbered sessions, lists devices, and remembers what it was asked.</summary>
internal sealed class FakeSts(TimeProvider clock) : IAwsGateway
{
    internal List<(string Code, string SerialNumber, TimeSpan Duration, string Region)> Calls { get; } = [];

    /// <summary>The serial numbers of the user's MFA devices.</summary>
    internal List<string> Devices { get; } = [];

    /// <summary>How often the devices were asked for.</summary>
    internal int DeviceCalls { get; private set; }

    /// <summary>Whose keys were asked about: ID, secret, token and region.</summary>
    internal List<(string Id, string Secret, string? Token, string Region)> Identified { get; } = [];

    /// <summary>Thrown in place of an answer.</summary>
    internal Exception? Failure { get; set; }

    public Task<StsAnswer<TemporaryCredential>> GetSessionTokenAsync(
        StsCall call, string serialNumber, string tokenCode, TimeSpan duration, CancellationToken cancellationToken)
    {
        Calls.Add((tokenCode, serialNumber, duration, call.Region));
        if (Failure is not null)
        {
            throw Failure;
        }

        var credential = new TemporaryCredential
        {
            AccessKeyId = $"ASIANEW{Calls.Count:D13}",
            SecretAccessKey = $"new-secret-{Calls.Count}",
            SessionToken = $"new-token-{Calls.Count}",
            Expiration = clock.GetUtcNow() + duration,
        };
        return Task.FromResult<StsAnswer<TemporaryCredential>>(new(credential, clock.GetUtcNow()));
    }

    /// <summary>The roles that were taken, and with which access key.</summary>
    internal List<(RoleCall Role, string AccessKeyId)> RoleCalls { get; } = [];

    /// <summary>Thrown in place of a role.</summary>
    internal Exception? RoleFailure { get; set; }

    public Task<StsAnswer<TemporaryCredential>> AssumeRoleAsync(StsCall call, RoleCall role, CancellationToken cancellationToken)
    {
        RoleCalls.Add((role, call.AccessKeyId));
        if (RoleFailure is not null)
        {
            throw RoleFailure;
        }

        var credential = new TemporaryCredential
        {
            AccessKeyId = $"ASIAROLE{RoleCalls.Count:D12}",
            SecretAccessKey = $"role-secret-{RoleCalls.Count}",
            SessionToken = $"role-token-{RoleCalls.Count}",
            Expiration = clock.GetUtcNow() + role.Duration,
        };
        return Task.FromResult<StsAnswer<TemporaryCredential>>(new(credential, clock.GetUtcNow()));
    }

    public Task<StsAnswer<IReadOnlyList<IamDevice>>> ListMfaDevicesAsync(
        StsCall call, string? userName, CancellationToken cancellationToken)
    {
        DeviceCalls++;
        IReadOnlyList<IamDevice> devices =
            [.. Devices.Select(serial => new IamDevice { UserName = "alice", SerialNumber = serial, EnableDate = clock.GetUtcNow() })];
        return Task.FromResult<StsAnswer<IReadOnlyList<IamDevice>>>(new(devices, clock.GetUtcNow()));
    }

    public Task<StsAnswer<IReadOnlyList<IamAccessKey>>> ListAccessKeysAsync(
        StsCall call, string? userName, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<StsAnswer<NewAccessKey>> CreateAccessKeyAsync(StsCall call, string? userName, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<StsAnswer<string>> SetAccessKeyStatusAsync(
        StsCall call, string? userName, string accessKeyId, bool isActive, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

    public Task<StsAnswer<string>> DeleteAccessKeyAsync(
        StsCall call, string? userName, string accessKeyId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>The sign-ins that were asked for.</summary>
    internal List<StsCall> SignIns { get; } = [];

    public Task<StsAnswer<string>> GetSigninTokenAsync(StsCall call, CancellationToken cancellationToken)
    {
        SignIns.Add(call);
        return Task.FromResult<StsAnswer<string>>(new("signin-token+/=", clock.GetUtcNow()));
    }

    public Task<StsAnswer<CallerIdentity>> GetCallerIdentityAsync(StsCall call, CancellationToken cancellationToken)
    {
        Identified.Add((call.AccessKeyId, call.SecretAccessKey, call.SessionToken, call.Region));
        if (Failure is not null)
        {
            throw Failure;
        }

        var identity =
            new CallerIdentity
            {
                AccountId = "123456789012",
                Arn = "arn:aws:iam::123456789012:user/alice",
                UserId = "AIDACKCEVSQ6C2EXAMPLE",
            };
        return Task.FromResult<StsAnswer<CallerIdentity>>(new(identity, clock.GetUtcNow()));
    }
}
