using MfaSts.Sandbox.Policies;

namespace MfaSts.Sandbox;

/// <summary>An IAM role: who may assume it, for how long, and what its sessions may do.</summary>
public sealed class SandboxRole
{
    private volatile PolicyText _trust;
    private volatile PolicyText _policy = PolicyText.AllowAll;
    private long _maxSessionTicks;

    internal SandboxRole(SandboxAccount account, string name, string path, SandboxTrust trust)
    {
        Account = account;
        Name = name;
        Arn = $"arn:aws:iam::{account.AccountId}:role{path}{name}";
        _trust = new PolicyText(trust.ToJson(account.AccountId));
        MaxSessionDuration = TimeSpan.FromHours(1);
    }

    /// <summary>The account that it belongs to.</summary>
    public SandboxAccount Account { get; }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The ARN.</summary>
    public string Arn { get; }

    /// <summary>The unique ID, first part of a session's user ID.</summary>
    public string RoleId { get; } = AwsRandom.RoleId();

    /// <summary>The longest session, 1 to 12 hours.</summary>
    public TimeSpan MaxSessionDuration
    {
        get => new(Interlocked.Read(ref _maxSessionTicks));
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromHours(1));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromHours(12));
            Interlocked.Exchange(ref _maxSessionTicks, value.Ticks);
        }
    }

    /// <summary>The trust policy as JSON.</summary>
    /// <exception cref="FormatException">What is set is no policy.</exception>
    public string TrustPolicy
    {
        get => _trust.Text;
        set => _trust = new PolicyText(value);
    }

    /// <summary>What its sessions may do, as JSON; everything unless it is set.</summary>
    /// <exception cref="FormatException">What is set is no policy.</exception>
    public string Policy
    {
        get => _policy.Text;
        set => _policy = new PolicyText(value);
    }

    internal PolicyDocument TrustDocument => _trust.Document;

    internal PolicyDocument PolicyDocument => _policy.Document;

    /// <summary>The ARN.</summary>
    public override string ToString() => Arn;

    /// <summary>The ARN of a session: without the role's path.</summary>
    internal string SessionArn(string roleSessionName) => $"arn:aws:sts::{Account.AccountId}:assumed-role/{Name}/{roleSessionName}";
}
