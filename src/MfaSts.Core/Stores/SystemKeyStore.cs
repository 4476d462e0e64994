using MfaSts.Platform;

namespace MfaSts.Stores;

/// <summary>Chooses what the system has for secrets.</summary>
public static class SystemKeyStore
{
    /// <summary>Credential Manager on Windows, Keychain on macOS, else the Secret Service, which lives in an assembly of its own.</summary>
    /// <param name="secretService">Gives the Secret Service, told whether a person may be asked.</param>
    public static Func<bool, IKeyStore> Choose(Func<bool, IKeyStore> secretService) =>
        ThisSystem.Platform.KeyStore is { } store ? _ => store : secretService;
}
