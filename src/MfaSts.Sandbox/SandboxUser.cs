using System.Collections.Immutable;
using MfaSts.Sandbox.Policies;

namespace MfaSts.Sandbox;

/// <summary>A user of the account, with access keys and MFA devices.</summary>
public sealed class SandboxUser
{
    private ImmutableArray<SandboxAccessKey> _accessKeys = [];
    private ImmutableArray<VirtualMfaDevice> _mfaDevices = [];
    private ImmutableArray<SandboxSecurityKey> _securityKeys = [];
    private volatile PolicyText _policy;
    private volatile bool _listsDevicesWithoutMfa = true;

    internal SandboxUser(SandboxAccount account, string name, string path)
    {
        Account = account;
        Name = name;
        Path = path;
        IsRoot = name == "root";
        // The account's owner is no IAM user: AWS names it by the account.
        Arn = $"arn:aws:iam::{account.AccountId}:{(IsRoot ? "root" : $"user{path}{name}")}";
        UserId = IsRoot ? account.AccountId : AwsRandom.UserId();
        CreatedAt = account.Clock.GetUtcNow();
        _policy = UsualPolicy();
    }

    /// <summary>The account that the user belongs to.</summary>
    public SandboxAccount Account { get; }

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

    /// <summary>The long-term keys.</summary>
    public IReadOnlyList<SandboxAccessKey> AccessKeys => _accessKeys;

    /// <summary>The MFA devices that give codes.</summary>
    public IReadOnlyList<VirtualMfaDevice> MfaDevices => _mfaDevices;

    /// <summary>The passkeys and security keys.</summary>
    public IReadOnlyList<SandboxSecurityKey> SecurityKeys => _securityKeys;

    /// <summary>
    /// What the user may do, as JSON. The usual policy allows everything with MFA, and without it, as the one in AWS's documentation,
    /// only to see the user and the user's devices. No policy applies to the account's owner.
    /// </summary>
    /// <exception cref="FormatException">What is set is no policy.</exception>
    public string Policy
    {
        get => _policy.Text;
        set => _policy = new PolicyText(value);
    }

    /// <summary>Whether the usual policy lets the user list MFA devices without MFA, as the one in AWS's documentation does.</summary>
    public bool ListsDevicesWithoutMfa
    {
        get => _listsDevicesWithoutMfa;
        set
        {
            _listsDevicesWithoutMfa = value;
            _policy = UsualPolicy();
        }
    }

    /// <summary>Makes a long-term key, however many there are.</summary>
    public SandboxAccessKey AddAccessKey() => TryAddAccessKey(int.MaxValue, TimeSpan.Zero)!;

    /// <summary>Makes a virtual MFA device.</summary>
    /// <param name="name">The name, last part of the ARN.</param>
    /// <param name="seed">The seed in base32; a random one when left out.</param>
    public VirtualMfaDevice AddMfaDevice(string name, string? seed = null) =>
        AddDevice($"arn:aws:iam::{Account.AccountId}:mfa/{name}", seed);

    /// <summary>Makes a hardware MFA device. It works as a virtual one does, but AWS names it by what is printed on it.</summary>
    /// <param name="serialNumber">The serial number.</param>
    /// <param name="seed">The seed in base32; a random one when left out.</param>
    public VirtualMfaDevice AddHardwareMfaDevice(string serialNumber, string? seed = null) => AddDevice(serialNumber, seed);

    /// <summary>Makes a passkey or security key.</summary>
    /// <param name="name">The name, last part of the ARN.</param>
    public SandboxSecurityKey AddSecurityKey(string name)
    {
        var key = new SandboxSecurityKey($"arn:aws:iam::{Account.AccountId}:u2f/user/{Name}/{name}", Account.Clock.GetUtcNow());
        ImmutableInterlocked.Update(ref _securityKeys, keys => keys.Add(key));
        return key;
    }

    internal PolicyDocument PolicyDocument => _policy.Document;

    /// <summary>The ARN.</summary>
    public override string ToString() => Arn;

    /// <summary>Makes a long-term key, unless there are as many as there may be.</summary>
    /// <returns>Null when there are.</returns>
    internal SandboxAccessKey? TryAddAccessKey(int limit, TimeSpan delay)
    {
        var now = Account.Clock.GetUtcNow();
        var key = new SandboxAccessKey(now, delay > TimeSpan.Zero ? now + delay : DateTimeOffset.MinValue);
        return ImmutableInterlocked.Update(ref _accessKeys, keys => keys.Length < limit ? keys.Add(key) : keys) ? key : null;
    }

    /// <summary>Takes a long-term key away.</summary>
    internal void RemoveAccessKey(SandboxAccessKey key) => ImmutableInterlocked.Update(ref _accessKeys, keys => keys.Remove(key));

    private PolicyText UsualPolicy() => new($$"""
        {
          "Version": "2012-10-17",
          "Statement": [
            { "Effect": "Allow", "Action": "*", "Resource": "*" },
            {
              "Effect": "Deny", "NotAction": ["iam:GetUser"{{(_listsDevicesWithoutMfa ? ", \"iam:ListMFADevices\"" : "")}}],
              "Resource": "*",
              "Condition": { "BoolIfExists": { "aws:MultiFactorAuthPresent": "false" } }
            },
            {
              "Effect": "Deny", "Action": "*", "NotResource": "{{Arn}}",
              "Condition": { "BoolIfExists": { "aws:MultiFactorAuthPresent": "false" } }
            }
          ]
        }
        """);

    private VirtualMfaDevice AddDevice(string serialNumber, string? seed)
    {
        var device = new VirtualMfaDevice(serialNumber, seed ?? AwsRandom.Seed(), Account.Clock.GetUtcNow());
        ImmutableInterlocked.Update(ref _mfaDevices, devices => devices.Add(device));
        return device;
    }
}
