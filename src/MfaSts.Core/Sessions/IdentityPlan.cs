using MfaSts.Credentials;
using MfaSts.Sts;

namespace MfaSts.Sessions;

/// <summary>All that the question whose long-term keys these are needs, and why it is that.</summary>
public sealed class IdentityPlan
{
    /// <summary>The keys that are asked about, as they were found.</summary>
    public required LongTermCredential Credential { get; init; }

    /// <summary>Where the call goes.</summary>
    public required StsCall Call { get; init; }

    /// <summary>What is used and why, for the verbose stream. No secret.</summary>
    public required IReadOnlyList<string> Details { get; init; }
}
