namespace MfaSts.Sandbox;

/// <summary>A long-term access key of a user.</summary>
public sealed class SandboxAccessKey
{
    private volatile bool _isActive = true;

    internal SandboxAccessKey(DateTimeOffset createdAt, DateTimeOffset acceptedFrom)
    {
        CreatedAt = createdAt;
        AcceptedFrom = acceptedFrom;
    }

    /// <summary>The access key ID, which begins with AKIA.</summary>
    public string AccessKeyId { get; } = AwsRandom.AccessKeyId("AKIA");

    /// <summary>The secret access key: 40 characters.</summary>
    public string SecretAccessKey { get; } = AwsRandom.Secret();

    /// <summary>Since when it exists.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>
    /// From when on, by the service's clock, calls signed with it are accepted: AWS may take some seconds to know a new key everywhere.
    /// </summary>
    public DateTimeOffset AcceptedFrom { get; }

    /// <summary>Whether calls signed with it are accepted.</summary>
    public bool IsActive
    {
        get => _isActive;
        set => _isActive = value;
    }

    /// <summary>The ID; never the secret.</summary>
    public override string ToString() => AccessKeyId;
}
