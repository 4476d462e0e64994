namespace MfaSts.Sandbox.Policies;

/// <summary>What a policy says of a request.</summary>
internal enum Decision
{
    /// <summary>Nothing: what no policy allows is refused.</summary>
    Unsaid,

    /// <summary>A statement allows it, and none denies it.</summary>
    Allowed,

    /// <summary>A statement denies it.</summary>
    Denied,
}
