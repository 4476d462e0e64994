using System.Collections.Immutable;

namespace MfaSts.Sandbox;

/// <summary>A user of the account, with access keys and MFA devices.</summary>
public sealed class SandboxUser
{
    private readonly SandboxAccount _account;
    private ImmutableArray<SandboxAccessKey> _accessKeys = [];
    private ImmutableArray<VirtualMfaDevice> _mfaDevices = [];
    private ImmutableArray<SandboxSecurityKey> _securityKeys = [];
    private volatile bool _listsDevicesWithoutMfa = true;

    internal SandboxUser(SandboxAccount account, string name, string path)
    {
        _account = account;
        Name = name;
        Path = path;
        IsRoot = name == "root";
        // The account's owner is no IAM user: AWS names the owner by the account.
        Arn = $"arn:aws:iam::{account.AccountId}:{(IsRoot ? "root" : $"user{path}{name}")}";
        UserId = IsRoot ? account.AccountId : AwsRandom.UserId();
        CreatedAt = account.Clock.GetUtcNow();
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The path, which is a part of the ARN.</summary>
    public string Path { get; }

    /// <summary>The ARN.</summary>
    public string Arn { get; }

    /// <summary>The unique ID.</summary>
    public string UserId { get; }

    /// <summary>Whether this is the account's owner, to whom no policy applies.</summary>
    public bool IsRoot { get; }

    /// <summary>Since when the user exists.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>His long-term keys.</summary>
    public IReadOnlyList<SandboxAccessKey> AccessKeys => _accessKeys;

    /// <summary>His MFA devices that give codes.</summary>
    public IReadOnlyList<VirtualMfaDevice> MfaDevices => _mfaDevices;

    /// <summary>His passkeys and security keys.</summary>
    public IReadOnlyList<SandboxSecurityKey> SecurityKeys => _securityKeys;

    /// <summary>Whether the user's policy allows listing the user's own MFA devices without MFA. The one in AWS's documentation does.</summary>
    public bool ListsDevicesWithoutMfa
    {
        get => _listsDevicesWithoutMfa;
        set => _listsDevicesWithoutMfa = value;
    }

    /// <summary>Makes a long-term key, however many there are.</summary>
    public SandboxAccessKey AddAccessKey() => TryAddAccessKey(int.MaxValue, TimeSpan.Zero)!;

    /// <summary>Makes a virtual MFA device.</summary>
    /// <param name="name">The name, last part of the ARN.</param>
    /// <param name="seed">The seed in base32; a random one when left out.</param>
    public VirtualMfaDevice AddMfaDevice(string name, string? seed = null) => AddDevice($"arn:aws:iam::{_account.AccountId}:mfa/{name}", seed);

    /// <summary>Makes a hardware MFA device. It works as a virtual one does, but AWS names it by what is printed on it.</summary>
    /// <param name="serialNumber">The serial number.</param>
    /// <param name="seed">The seed in base32; a random one when left out.</param>
    public VirtualMfaDevice AddHardwareMfaDevice(string serialNumber, string? seed = null) => AddDevice(serialNumber, seed);

    /// <summary>Makes a passkey or security key.</summary>
    /// <param name="name">The name, last part of the ARN.</param>
    public SandboxSecurityKey AddSecurityKey(string name)
    {
        var key = new SandboxSecurityKey($"arn:aws:iam::{_account.AccountId}:u2f/user/{Name}/{name}", _account.Clock.GetUtcNow());
        ImmutableInterlocked.Update(ref _securityKeys, keys => keys.Add(key));
        return key;
    }

    /// <summary>The ARN.</summary>
    public override string ToString() => Arn;

    /// <summary>Makes a long-term key, unless the user has as many as AWS allows.</summary>
    /// <returns>Null when the user has.</returns>
    internal SandboxAccessKey? TryAddAccessKey(int limit, TimeSpan delay)
    {
        var now = _account.Clock.GetUtcNow();
        var key = new SandboxAccessKey(now, delay > TimeSpan.Zero ? now + delay : DateTimeOffset.MinValue);
        return ImmutableInterlocked.Update(ref _accessKeys, keys => keys.Length < limit ? keys.Add(key) : keys) ? key : null;
    }

    /// <summary>Takes a long-term key away.</summary>
    internal void RemoveAccessKey(SandboxAccessKey key) => ImmutableInterlocked.Update(ref _accessKeys, keys => keys.Remove(key));

    private VirtualMfaDevice AddDevice(string serialNumber, string? seed)
    {
        var device = new VirtualMfaDevice(serialNumber, seed ?? AwsRandom.Seed(), _account.Clock.GetUtcNow());
        ImmutableInterlocked.Update(ref _mfaDevices, devices => devices.Add(device));
        return device;
    }
}
