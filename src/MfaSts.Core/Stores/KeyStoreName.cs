using MfaSts.Errors;

namespace MfaSts.Stores;

/// <summary>The names of the stores, as -Store takes them and as <c>mfasts_store</c> has them.</summary>
public static class KeyStoreName
{
    /// <summary>The credentials file, where every AWS tool looks.</summary>
    public const string File = "File";

    /// <summary>What the system has for secrets: Credential Manager, Keychain or Secret Service.</summary>
    public const string System = "System";

    /// <summary>A vault of PowerShell's SecretManagement begins so, and its name follows.</summary>
    public const string VaultPrefix = "Vault:";

    /// <summary>The profile's key_process. It can only be read.</summary>
    public const string KeyProcess = "key_process";

    /// <summary>The name as it is written: the case of File, System and Vault: does not count.</summary>
    /// <exception cref="MfaException">StoreUnavailable: it names no store that can be written to.</exception>
    public static string Require(string profile, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string? known = Array.Find([File, System], known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? TryVault(name);
        return known ?? throw MfaErrors.StoreUnknown(profile, name);
    }

    /// <summary>The vault of a name such as <c>Vault:team</c>, or null.</summary>
    public static string? VaultOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(VaultPrefix, StringComparison.OrdinalIgnoreCase) && name.Length > VaultPrefix.Length
            ? name[VaultPrefix.Length..]
            : null;
    }

    // It becomes a value in a line of the credentials file.
    private static string? TryVault(string name) =>
        VaultOf(name) is { } vault && vault.Trim() == vault && !vault.Any(c => char.IsControl(c) || c is '#' or ';')
            ? VaultPrefix + vault
            : null;
}
