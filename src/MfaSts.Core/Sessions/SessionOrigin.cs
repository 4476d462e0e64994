namespace MfaSts.Sessions;

/// <summary>Where a session came from.</summary>
public enum SessionOrigin
{
    /// <summary>It was stored and is still valid: no code was needed and no call was made.</summary>
    Store,

    /// <summary>STS gave it for a code just now.</summary>
    Sts,
}
