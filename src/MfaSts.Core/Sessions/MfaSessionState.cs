namespace MfaSts.Sessions;

/// <summary>What a stored session is worth now.</summary>
public enum MfaSessionState
{
    /// <summary>More than 5 minutes are left.</summary>
    Usable,

    /// <summary>5 minutes or less are left.</summary>
    Expiring,

    /// <summary>AWS no longer accepts it.</summary>
    Expired,

    /// <summary>No expiry is stored with it.</summary>
    Unknown,
}
