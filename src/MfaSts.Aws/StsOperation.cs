using MfaSts.Sts;

namespace MfaSts.Aws;

/// <summary>What is being asked of STS, IAM or the sign-in: all that an error message may need, and all that it must not show.</summary>
internal sealed class StsOperation
{
    /// <summary>IAM is asked, not STS.</summary>
    public bool IsIam { get; init; }

    /// <summary>The console's sign-in is asked.</summary>
    public bool IsSignIn { get; init; }

    public required string Action { get; init; }

    public required StsCall Call { get; init; }

    public string SerialNumber { get; init; } = string.Empty;

    public string TokenCode { get; init; } = string.Empty;

    public TimeSpan Duration { get; init; }

    /// <summary>The role that is asked for, in AssumeRole.</summary>
    public RoleCall? Role { get; init; }

    public string Profile => Call.Profile;
}
