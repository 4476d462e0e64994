using MfaSts.Errors;
using MfaSts.Iam;
using MfaSts.Sts;

namespace MfaSts.Tests.Fakes;

/// <summary>A user's devices without a network, under a policy that a test decides.</summary>
public sealed class FakeIam : IAwsGateway
{
    /// <summary>The calls in their order: action, user's name, key that signs, region.</summary>
    public List<(string Action, string? UserName, string AccessKeyId, string Region)> Calls { get; } = [];

    public StsCall? LastCall { get; private set; }

    public string CallerArn { get; set; } = "arn:aws:iam::123456789012:user/ops/alice";

    /// <summary>The serial numbers of the devices.</summary>
    public List<string> Devices { get; } = [];

    /// <summary>Gives the error that a call is refused with, or null.</summary>
    public Func<StsCall, string?, MfaException?> Refuse { get; set; } = (_, _) => null;

    public Task<StsAnswer<IReadOnlyList<IamDevice>>> ListMfaDevicesAsync(StsCall call, string? userName, CancellationToken cancellationToken)
    {
        Note("ListMFADevices", userName, call);
        cancellationToken.ThrowIfCancellationRequested();
        if (Refuse(call, userName) is { } refusal)
        {
            throw refusal;
        }

        IReadOnlyList<IamDevice> devices =
            [.. Devices.Select(serial => new IamDevice { UserName = "alice", SerialNumber = serial, EnableDate = DateTimeOffset.UnixEpoch })];
        return Task.FromResult(new StsAnswer<IReadOnlyList<IamDevice>>(devices, serviceTime: null));
    }

    public Task<StsAnswer<CallerIdentity>> GetCallerIdentityAsync(StsCall call, CancellationToken cancellationToken)
    {
        Note("GetCallerIdentity", null, call);
        return Task.FromResult(new StsAnswer<CallerIdentity>(new() { AccountId = "123456789012", Arn = CallerArn, UserId = "AIDA" }, serviceTime: null));
    }

    public Task<StsAnswer<TemporaryCredential>> GetSessionTokenAsync(
        StsCall call, string serialNumber, string tokenCode, TimeSpan duration, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<StsAnswer<IReadOnlyList<IamAccessKey>>> ListAccessKeysAsync(StsCall call, string? userName, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<StsAnswer<NewAccessKey>> CreateAccessKeyAsync(StsCall call, string? userName, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<StsAnswer<string>> SetAccessKeyStatusAsync(
        StsCall call, string? userName, string accessKeyId, bool isActive, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<StsAnswer<string>> DeleteAccessKeyAsync(StsCall call, string? userName, string accessKeyId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private void Note(string action, string? userName, StsCall call)
    {
        LastCall = call;
        Calls.Add((action, userName, call.AccessKeyId, call.Region));
    }
}
