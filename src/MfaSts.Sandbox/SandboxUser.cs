using System.Collections.Immutable;

namespace MfaSts.Sandbox;

/// <summary>A user of the account, with his access keys and MFA devices.</summary>
public sealed class SandboxUser
{
    private readonly SandboxAccount _account;
    private ImmutableArray<SandboxAccessKey> _accessKeys = [];
    private ImmutableArray<VirtualMfaDevice> _mfaDevices = [];

    internal SandboxUser(SandboxAccount account, string name, string path)
    {
        _account = account;
        Name = name;
        Path = path;
        IsRoot = name == "root";
        // The account's owner is no IAM user: AWS names him by the account.
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

    /// <summary>Since when he exists.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>His long-term keys.</summary>
    public IReadOnlyList<SandboxAccessKey> AccessKeys => _accessKeys;

    /// <summary>His MFA devices.</summary>
    public IReadOnlyList<VirtualMfaDevice> MfaDevices => _mfaDevices;

    /// <summary>Makes a long-term key.</summary>
    public SandboxAccessKey AddAccessKey()
    {
        var key = new SandboxAccessKey();
        ImmutableInterlocked.Update(ref _accessKeys, keys => keys.Add(key));
        return key;
    }

    /// <summary>Makes an MFA device.</summary>
    /// <param name="name">The name, last part of the ARN.</param>
    /// <param name="seed">The seed in base32; a random one when left out.</param>
    public VirtualMfaDevice AddMfaDevice(string name, string? seed = null)
    {
        var device = new VirtualMfaDevice(
            $"arn:aws:iam::{_account.AccountId}:mfa/{name}", seed ?? AwsRandom.Seed(), _account.Clock.GetUtcNow());
        ImmutableInterlocked.Update(ref _mfaDevices, devices => devices.Add(device));
        return device;
    }

    /// <summary>The ARN.</summary>
    public override string ToString() => Arn;
}
