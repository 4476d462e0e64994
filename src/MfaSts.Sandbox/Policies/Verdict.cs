namespace MfaSts.Sandbox.Policies;

/// <summary>What a caller's policies say: the identity's own, and those of the session, which only narrow.</summary>
/// <param name="Identity">What the user's or role's own policy says.</param>
/// <param name="Session">What the session policies say; Allowed when there are none.</param>
internal sealed record Verdict(Decision Identity, Decision Session)
{
    internal bool IsAllowed => Identity == Decision.Allowed && Session == Decision.Allowed;

    /// <summary>Whether a policy of the resource may speak for the identity, which says nothing.</summary>
    internal bool IsLeftToResource => Identity == Decision.Unsaid && Session == Decision.Allowed;

    /// <summary>What AWS adds when a statement denies; empty otherwise.</summary>
    internal string Denial => Identity == Decision.Denied ? " with an explicit deny in an identity-based policy"
        : Session == Decision.Denied ? " with an explicit deny in a session policy"
        : string.Empty;

    /// <summary>What AWS adds about why an action is refused.</summary>
    internal string Reason(string action) => Denial.Length > 0 ? Denial
        : $" because no {(Identity == Decision.Unsaid ? "identity-based" : "session")} policy allows the {action} action";
}
