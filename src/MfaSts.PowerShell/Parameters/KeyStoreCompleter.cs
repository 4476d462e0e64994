using MfaSts.Files;
using MfaSts.Stores;

namespace MfaSts.PowerShell.Parameters;

/// <summary>Completes -Store. Which vaults there are is not asked: that would load SecretManagement.</summary>
public sealed class KeyStoreCompleter : LocalCompleter
{
    private protected override IEnumerable<(string Value, string Tooltip)> Find(AwsFiles files, string? profile) =>
    [
        (KeyStoreName.File, "The credentials file, in clear, where every AWS tool looks"),
        (KeyStoreName.System, "The system's key store: Credential Manager, Keychain or Secret Service"),
        (KeyStoreName.VaultPrefix, "A vault of SecretManagement, whose name follows the colon"),
    ];
}
