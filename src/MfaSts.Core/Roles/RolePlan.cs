using MfaSts.Sessions;
using MfaSts.Sts;

namespace MfaSts.Roles;

/// <summary>
/// Everything that it takes to assume a role but the session to assume it with, checked before anybody is asked for a code.
/// </summary>
public sealed class RolePlan
{
    internal RolePlan(RoleChain chain, SessionRequest sourceRequest, StsCall call, SessionTarget target)
    {
        Chain = chain;
        SourceRequest = sourceRequest;
        Call = call;
        Target = target;
    }

    /// <summary>The profile whose session it gives.</summary>
    public required string Profile { get; init; }

    /// <summary>The role.</summary>
    public required string RoleArn { get; init; }

    /// <summary>The profile with the long-term keys, whose code is asked for when one is needed.</summary>
    public required string Source { get; init; }

    /// <summary>The session's length.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>
    /// The role is assumed with the long-term keys and a code of its own, for more than an hour. There is no MFA in the context of such a
    /// session (IAM user guide, "Secure API access with MFA").
    /// </summary>
    public required bool IsDirect { get; init; }

    /// <summary>The section that the session will be written to, or null when it is not stored.</summary>
    public string? Section => Target.Section;

    /// <summary>What the user should know, each a sentence.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>What was used and why, for the verbose stream. No secret.</summary>
    public required IReadOnlyList<string> Details { get; init; }

    /// <summary>What was asked for.</summary>
    public required SessionRequest Request { get; init; }

    /// <summary>What gives the session to assume it with.</summary>
    internal SessionRequest SourceRequest { get; }

    internal RoleChain Chain { get; }

    internal StsCall Call { get; }

    internal SessionTarget Target { get; }

    /// <summary>The MFA device that is known for the long-term keys, or null.</summary>
    internal string? SerialNumber => Target.SerialNumber;

    /// <summary>The session that was stored when the plan was made. Another one means that somebody else has got a new one since.</summary>
    internal string? StoredAccessKeyId { get; init; }

    /// <summary>Names the profile and the role only.</summary>
    public override string ToString() => $"{Profile} as {RoleArn}";
}
