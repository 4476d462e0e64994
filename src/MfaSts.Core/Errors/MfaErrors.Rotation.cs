using System.Globalization;
using MfaSts.Iam;
using static MfaSts.Errors.MfaErrorCategory;

namespace MfaSts.Errors;

/// <content>The replacement of an access key.</content>
public static partial class MfaErrors
{
    /// <summary>The user has a second key, and AWS allows two.</summary>
    public static MfaException SecondAccessKey(string profile, string accessKeyId, IamAccessKey other)
    {
        ArgumentNullException.ThrowIfNull(other);
        string since = other.CreateDate.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Make(
            MfaErrorId.AccessKeyLimit, LimitsExceeded, profile,
            $"The user of profile '{profile}' has two access keys, and AWS allows no third: {accessKeyId}, which is stored, "
                + $"and {other.AccessKeyId} ({(other.IsActive ? "active" : "inactive")}, created {since}). Nothing was changed.",
            "If nobody uses the second one (it may be left from an earlier try), remove it with: "
                + $"{DeleteCommand(other.AccessKeyId, other.UserName)}");
    }

    /// <summary>The session belongs to another user than the key.</summary>
    public static MfaException RotationOfAnothersKey(string profile, string accessKeyId) => Make(
        MfaErrorId.RotationFailed, InvalidOperation, profile,
        $"AWS does not list the access key {accessKeyId} of profile '{profile}' among the keys of the user whose session was used. Nothing "
            + "was changed.",
        $"Get a session of that user with: Get-MfaSessionToken -Profile {PowerShellText.Quote(profile)} -Force");

    /// <summary>The old key was taken out of the files while the new one was made, so the new one has no place.</summary>
    public static MfaException RotationOvertaken(string profile, string oldId) => Make(
        MfaErrorId.RotationFailed, InvalidOperation, profile,
        $"Another program has removed {oldId} of profile '{profile}' from the files in the meantime. In AWS it was not removed.",
        $"See what is stored now with: Get-MfaLongTermCredential -Profile {PowerShellText.Quote(profile)}");

    /// <summary>AWS was asked for a new key, and no answer says whether it has made one.</summary>
    public static MfaException RotationUncertain(string profile, string oldId, string? userName, string why) => Make(
        MfaErrorId.RotationFailed, InvalidOperation, profile,
        $"The access key of profile '{profile}' was not replaced: {why} {oldId} is stored as before, but AWS may have created a key whose "
            + "secret nobody has.",
        $"List the keys with 'aws iam list-access-keys', and remove the other key with: {DeleteCommand("<ID>", userName)}");

    /// <summary>The new key was made, could not be used, and is gone again.</summary>
    public static MfaException RotationUndone(string profile, string newId, string why) => Make(
        MfaErrorId.RotationFailed, InvalidOperation, profile,
        $"The access key of profile '{profile}' was not replaced: {why} The new key {newId} is removed again.",
        $"Correct the cause, then try again. See what is stored with: Get-MfaLongTermCredential -Profile {PowerShellText.Quote(profile)}");

    /// <summary>The new key was made, could not be used, and is still there.</summary>
    public static MfaException RotationLeftNewKey(string profile, string newId, string? userName, string why) => Make(
        MfaErrorId.RotationFailed, InvalidOperation, profile,
        $"The access key of profile '{profile}' was not replaced: {why} The new key {newId} could not be removed again.",
        $"Remove it with: {DeleteCommand(newId, userName)}");

    /// <summary>The new key is stored, and the old one is still there.</summary>
    public static MfaException RotationUnfinished(string profile, string newId, string oldId, string? userName, string why) => Make(
        MfaErrorId.RotationFailed, InvalidOperation, profile,
        $"Profile '{profile}' has the new access key {newId}, stored and accepted by AWS, but the old one {oldId} is not removed: {why}",
        $"When no file has it any more, remove it with: {DeleteCommand(oldId, userName)}");

    // Only an MFA session may do it.
    private static string DeleteCommand(string accessKeyId, string? userName) =>
        "aws iam delete-access-key --access-key-id "
            + $"{accessKeyId}{(userName is null ? string.Empty : " --user-name " + PowerShellText.Quote(userName))}";
}
