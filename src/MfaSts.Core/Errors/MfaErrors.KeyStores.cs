using MfaSts.Stores;
using static MfaSts.Errors.MfaErrorCategory;

namespace MfaSts.Errors;

/// <content>The stores of secret access keys.</content>
public static partial class MfaErrors
{
    /// <summary>What a store said, for the keys of a profile.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="accessKeyId">The access key ID, empty when only the key_process knows it.</param>
    /// <param name="store">The store's name.</param>
    /// <param name="serves">Until when a stored session is good all the same, or null.</param>
    /// <param name="failure">What the store said.</param>
    public static MfaException KeyStoreFailed(
        string profile, string accessKeyId, string store, DateTimeOffset? serves, KeyStoreException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        string what = store == KeyStoreName.KeyProcess
            ? $"The key_process of profile '{profile}' gave no access key"
            : $"The secret of access key {accessKeyId} of profile '{profile}' cannot be read from {StoreText(store)}";
        return OfKeyStore(profile, $"{what}: {failure.Message}.{Serves(serves)}", failure);
    }

    /// <summary>A store could not be written to, or an entry not be removed from it.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="store">The store's name.</param>
    /// <param name="doing">What was not done, as the beginning of a sentence.</param>
    /// <param name="failure">What the store said.</param>
    public static MfaException KeyStoreRefused(string profile, string store, string doing, KeyStoreException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return OfKeyStore(profile, $"{doing} {StoreText(store)} for profile '{profile}': {failure.Message}.", failure);
    }

    /// <summary>The store has no entry of the access key, or one that is no secret access key.</summary>
    public static MfaException StoreEntryMissing(string profile, string accessKeyId, string store, bool isThere, DateTimeOffset? serves)
    {
        string what = isThere
            ? $"What is kept for access key {accessKeyId} of profile '{profile}' in {StoreText(store)} is no secret access key."
            : $"The secret of access key {accessKeyId} of profile '{profile}' is not in {StoreText(store)} on this machine: "
                + "it was kept on another one, or the key was rotated elsewhere.";
        return Make(
            MfaErrorId.StoreEntryMissing, ObjectNotFound, profile, what + Serves(serves),
            $"Give the access key again with: Set-MfaLongTermCredential -Profile {PowerShellText.Quote(profile)} -Store "
                + $"{PowerShellText.Quote(store)}");
    }

    /// <summary>What was put into a store did not come back.</summary>
    public static MfaException StoreForgetful(string profile, string store) => Make(
        MfaErrorId.StoreUnavailable, InvalidData, profile,
        $"The secret access key of profile '{profile}' was put into {StoreText(store)}, but did not come back from it unchanged. The "
            + "credentials file is as it was.",
        "Keep the key in another store: -Store File, for one.");

    /// <summary>No store has this name.</summary>
    public static MfaException StoreUnknown(string profile, string name) => Make(
        MfaErrorId.StoreUnavailable, InvalidArgument, profile,
        $"'{name}' names no store for the secret access key of profile '{profile}'. Nothing was changed.",
        $"Give {KeyStoreName.File}, {KeyStoreName.System} or {KeyStoreName.VaultPrefix}<name of a SecretManagement vault>.");

    /// <summary>The profile's keys come from a command, which cannot be written to.</summary>
    public static MfaException KeysComeFromCommand(string profile, string path) => Make(
        MfaErrorId.ProfileUnsuitable, InvalidOperation, profile,
        $"The access key of profile '{profile}' comes from the key_process in '{path}', which can only be read. Nothing was changed.",
        "Change the key where that command takes it from; or remove the line key_process, and store a key.");

    /// <summary>The keys are in an older layout's section.</summary>
    public static MfaException LayoutNamesNoStore(string profile, string section, string path, string store) => Make(
        MfaErrorId.ProfileUnsuitable, InvalidOperation, profile,
        $"The access key of profile '{profile}' is in [{section}] of '{path}', which cannot name another store. Nothing was changed.",
        $"Move it first with: Import-MfaLongTermCredential -Profile {PowerShellText.Quote(profile)} -Store {PowerShellText.Quote(store)}");

    /// <summary>The warning that an entry could not be removed, though nothing needs it any more.</summary>
    public static string EntryLeftBehind(string store, string accessKeyId, string why) =>
        $"The entry of access key {accessKeyId} is still in {StoreText(store)}, and nothing needs it any more: {why.TrimEnd('.')}. Remove "
            + "it there by hand.";

    /// <summary>The warning that a secret which was moved to a store stands in a file all the same.</summary>
    public static string SecretInClear(string accessKeyId, string section, string path) =>
        $"[{section}] in '{path}' still holds the secret of access key {accessKeyId} in clear. Remove it there if nothing needs it.";

    private static MfaException OfKeyStore(string profile, string message, KeyStoreException failure) => Make(
        failure.IsLocked ? MfaErrorId.StoreLocked : MfaErrorId.StoreUnavailable,
        failure.IsLocked ? PermissionDenied : ConnectionError,
        profile,
        message,
        failure.Remedy,
        failure.InnerException);

    private static string StoreText(string store) => store switch
    {
        KeyStoreName.File => "the credentials file",
        KeyStoreName.System => "the system's key store",
        _ => KeyStoreName.VaultOf(store) is { } vault ? $"the vault '{vault}'" : $"the store '{store}'",
    };

    private static string Serves(DateTimeOffset? until) =>
        until is { } time ? $" The stored session serves until {Moment(time)}." : string.Empty;
}
