namespace MfaSts.Stores;

/// <summary>
/// A store that cannot be used, told by the store itself. It knows no profile: <see cref="SecretReader"/> makes the catalogued
/// error of it.
/// </summary>
public sealed class KeyStoreException : Exception
{
    /// <summary>Tells why, and what helps.</summary>
    /// <param name="isLocked">It would work once it is unlocked.</param>
    /// <param name="why">What happened, as the end of a sentence. Never a secret.</param>
    /// <param name="remedy">What the user can do, in sentences.</param>
    /// <param name="cause">The exception behind it.</param>
    public KeyStoreException(bool isLocked, string why, string remedy, Exception? cause = null)
        : base(why, cause) => (IsLocked, Remedy) = (isLocked, remedy);

    /// <summary>It would work once it is unlocked.</summary>
    public bool IsLocked { get; }

    /// <summary>What the user can do.</summary>
    public string Remedy { get; }
}
