namespace MfaSts.Iam;

/// <summary>A new long-term access key, with the secret that AWS shows this once (AccessKey).</summary>
public sealed class NewAccessKey
{
    /// <summary>Whose it is.</summary>
    public required string UserName { get; init; }

    /// <summary>The access key ID.</summary>
    public required string AccessKeyId { get; init; }

    /// <summary>The secret access key.</summary>
    public required string SecretAccessKey { get; init; }

    /// <summary>Since when it exists, in UTC.</summary>
    public required DateTimeOffset CreateDate { get; init; }

    /// <summary>The ID; never the secret.</summary>
    public override string ToString() => AccessKeyId;
}
