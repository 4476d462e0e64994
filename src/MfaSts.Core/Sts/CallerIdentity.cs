namespace MfaSts.Sts;

/// <summary>Whose keys they are (AWS STS GetCallerIdentity).</summary>
public sealed class CallerIdentity
{
    /// <summary>The twelve-digit account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The caller's ARN.</summary>
    public required string Arn { get; init; }

    /// <summary>The caller's unique ID.</summary>
    public required string UserId { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Arn;
}
