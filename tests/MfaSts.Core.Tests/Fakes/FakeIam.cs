using MfaSts.Errors;
using MfaSts.Iam;
using MfaSts.Sts;

namespace MfaSts.Tests.Fakes;

/// <summary>A user's devices without a network, under a policy that a test decides.</summary>
public sealed class FakeIam : IAwsGateway
{
    public const string NewKeyId = "AKIANEWNEWNEWNEWNEW0";
    public const string NewSecret = "newSecret0123456789abcdefghijklmnopqrstu";

    /// <summary>The calls in their order: action, user's name, key that signs, region.</summary>
    public List<(string Action, string? UserName, string AccessKeyId, string Region)> Calls { get; } = [];

    public StsCall? LastCall { get; private set; }

    public string CallerArn { get; set; } = "arn:aws:iam::123456789012:user/ops/alice";

    /// <summary>The serial numbers of the devices.</summary>
    public List<string> Devices { get; } = [];

    /// <summary>The access keys that AWS has, and whether each is active.</summary>
    public Dictionary<string, bool> AccessKeys { get; } = [];

    /// <summary>Gives the error that an action is refused with, or null.</summary>
    public Func<string, StsCall, MfaException?> RefuseAction { get; set; } = (_, _) => null;

    /// <summary>Gives the error that a call is refused with, or null.</summary>
    public Func<StsCall, string?, MfaException?> Refuse { get; set; } = (_, _) => null;

    public Task<StsAnswer<string>> GetSigninTokenAsync(StsCall call, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<StsAnswer<TemporaryCredential>> AssumeRoleAsync(StsCall call, RoleCall role, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<StsAnswer<IReadOnlyList<IamDevice>>> ListMfaDevicesAsync(
        StsCall call, string? userName, CancellationToken cancellationToken)
    {
        Note("ListMFADevices", userName, call);
        cancellationToken.ThrowIfCancellationRequested();
        if (Refuse(call, userName) is { } refusal)
        {
            throw refusal;
        }

        IReadOnlyList<IamDevice> devices =
            [.. Devices.Select(serial => new IamDevice
            {
                UserName = "alice",
                SerialNumber = serial,
                EnableDate = DateTimeOffset.UnixEpoch,
            })];
        return Task.FromResult(new StsAnswer<IReadOnlyList<IamDevice>>(devices, serviceTime: null));
    }

    public Task<StsAnswer<CallerIdentity>> GetCallerIdentityAsync(StsCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Note("GetCallerIdentity", null, call);
        return RefuseAction("GetCallerIdentity", call) is { } refusal
            ? Task.FromException<StsAnswer<CallerIdentity>>(refusal)
            : Task.FromResult(new StsAnswer<CallerIdentity>(new()
            {
                AccountId = "123456789012",
                Arn = CallerArn,
                UserId = "AIDA",
            }, serviceTime: null));
    }

    public Task<StsAnswer<TemporaryCredential>> GetSessionTokenAsync(
        StsCall call, string serialNumber, string tokenCode, TimeSpan duration, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

    public Task<StsAnswer<IReadOnlyList<IamAccessKey>>> ListAccessKeysAsync(
        StsCall call, string? userName, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<IamAccessKey>>("ListAccessKeys", call, userName, () => [.. AccessKeys.Select(key =>
            new IamAccessKey { UserName = "alice", AccessKeyId = key.Key, IsActive = key.Value, CreateDate = DateTimeOffset.UnixEpoch })]);

    public Task<StsAnswer<NewAccessKey>> CreateAccessKeyAsync(StsCall call, string? userName, CancellationToken cancellationToken)
    {
        AccessKeys[NewKeyId] = true;
        return Answer("CreateAccessKey", call, userName, () =>
            new NewAccessKey
            {
                UserName = "alice",
                AccessKeyId = NewKeyId,
                SecretAccessKey = NewSecret,
                CreateDate = DateTimeOffset.UnixEpoch,
            });
    }

    public Task<StsAnswer<string>> SetAccessKeyStatusAsync(
        StsCall call, string? userName, string accessKeyId, bool isActive, CancellationToken cancellationToken) =>
        Answer("UpdateAccessKey", call, userName, () =>
        {
            AccessKeys[accessKeyId] = isActive;
            return accessKeyId;
        });

    public Task<StsAnswer<string>> DeleteAccessKeyAsync(
        StsCall call, string? userName, string accessKeyId, CancellationToken cancellationToken) =>
        Answer(
            "DeleteAccessKey",
            call,
            userName,
            () => AccessKeys.Remove(accessKeyId) ? accessKeyId : throw new InvalidOperationException("No such key."));

    private Task<StsAnswer<T>> Answer<T>(string action, StsCall call, string? userName, Func<T> answer)
        where T : class
    {
        Note(action, userName, call);
        return RefuseAction(action, call) is { } refusal
            ? Task.FromException<StsAnswer<T>>(refusal)
            : Task.FromResult(new StsAnswer<T>(answer(), serviceTime: null));
    }

    private void Note(string action, string? userName, StsCall call)
    {
        LastCall = call;
        Calls.Add((action, userName, call.AccessKeyId, call.Region));
    }
}
