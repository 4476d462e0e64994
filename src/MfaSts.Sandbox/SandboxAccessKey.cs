namespace MfaSts.Sandbox;

/// <summary>A long-term access key of a user.</summary>
public sealed class SandboxAccessKey
{
    private volatile bool _isActive = true;

    internal SandboxAccessKey()
    {
    }

    /// <summary>The access key ID, which begins with AKIA.</summary>
    public string AccessKeyId { get; } = AwsRandom.AccessKeyId("AKIA");

    /// <summary>The secret access key: 40 characters.</summary>
    public string SecretAccessKey { get; } = AwsRandom.Secret();

    /// <summary>Whether calls signed with it are accepted.</summary>
    public bool IsActive
    {
        get => _isActive;
        set => _isActive = value;
    }

    /// <summary>The ID; never the secret.</summary>
    public override string ToString() => AccessKeyId;
}
