namespace MfaSts.Iam;

/// <summary>A long-term access key as IAM lists it (AccessKeyMetadata). The secret is never listed.</summary>
public sealed class IamAccessKey
{
    /// <summary>Whose it is.</summary>
    public required string UserName { get; init; }

    /// <summary>The access key ID.</summary>
    public required string AccessKeyId { get; init; }

    /// <summary>Calls signed with it are accepted.</summary>
    public required bool IsActive { get; init; }

    /// <summary>Since when it exists, in UTC.</summary>
    public required DateTimeOffset CreateDate { get; init; }

    /// <summary>The key's ID and status.</summary>
    public override string ToString() => $"{AccessKeyId} ({(IsActive ? "Active" : "Inactive")})";
}
