using MfaSts.Platform;
using static MfaSts.Errors.MfaErrorCategory;

namespace MfaSts.Errors;

/// <content>The files.</content>
public static partial class MfaErrors
{
    /// <summary>The lock was not had in time.</summary>
    public static MfaException StoreBusy(string path, string? holder) => Make(
        MfaErrorId.StoreBusy, ResourceBusy, null,
        $"'{path}' is in use by another MfaSts process{(holder is null ? string.Empty : $" ({holder})")}. Nothing was written.",
        "Wait for that process to finish, or end it, then try again.");

    /// <summary>Another program has the file open and lets nobody else at it. So it is on Windows only.</summary>
    public static MfaException StoreInUse(string path, string doing, string? holders, Exception? cause = null) => Make(
        MfaErrorId.StoreBusy, ResourceBusy, null,
        $"'{path}' cannot be {doing}: {holders ?? "another program"} has it open.",
        "Close the file there, then try again.", cause);

    /// <summary>Other programs change the file faster than it can be written.</summary>
    public static MfaException StoreRestless(string path) => Make(
        MfaErrorId.StoreBusy, ResourceBusy, null,
        $"Another program keeps changing '{path}'. Nothing was written.",
        "Find the program that writes the file, then try again.");

    /// <summary>The warning of a session that AWS has given and that could not be written.</summary>
    public static string SessionNotStored(string profile, MfaException cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return $"The session of profile '{profile}' is valid but not stored: {WithoutClaim(cause.Error.Message)} Only this process has it, "
            + $"and stores it with the next command. {WithoutClaim(cause.Error.Remedy)}";
    }

    /// <summary>The warning of a session that could not be written before, and cannot be yet.</summary>
    public static string StillNotStored(MfaException cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return $"A session of this process is still not stored: {WithoutClaim(cause.Error.Message)} {WithoutClaim(cause.Error.Remedy)}";
    }

    /// <summary>The content is refused.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">The line, counted from 1, or null when it is not about one line.</param>
    /// <param name="why">What is wrong with it.</param>
    public static MfaException StoreUnreadable(string path, int? line, string why) => Make(
        MfaErrorId.StoreUnreadable, InvalidData, null,
        line is null ? $"'{path}' cannot be read as an AWS file: {why}." : $"'{path}', line {line}: {why}.",
        "The file was left as it is. Correct it in a text editor, then try again.");

    /// <summary>The system does not allow it.</summary>
    public static MfaException StoreAccessDenied(string path, string doing, Exception? cause = null) => Make(
        MfaErrorId.StoreAccessDenied, PermissionDenied, null,
        $"'{path}' cannot be {doing}: {(cause is null ? "permission denied" : cause.Message.TrimEnd('.'))}.",
        "Check the owner and mode of the file and of its folder, and that the file system is not read-only. Nothing was changed.", cause);

    /// <summary>The folder or file belongs to, or is open to, others.</summary>
    public static MfaException StoreUnsafe(string path, string why) => Make(
        MfaErrorId.StoreUnsafe, PermissionDenied, null,
        $"'{path}' is not safe to use: {why}.",
        $"Make it writable by you alone ({ThisSystem.Platform.OwnershipTools}), then try again. Nothing was changed.");

    /// <summary>No room.</summary>
    public static MfaException StoreFull(string path, Exception? cause = null) => Make(
        MfaErrorId.StoreFull, WriteError, null,
        $"There is no room on the disk to write '{path}'. The file is as it was.",
        "Free some space or quota, then try again.", cause);

    /// <summary>
    /// A change of two files was made in the first and not in the second. No word of the second's failure may say that nothing was changed.
    /// </summary>
    /// <param name="done">What was done, as a sentence.</param>
    /// <param name="rest">Why the rest was not.</param>
    public static MfaException DoneInPart(string done, MfaException rest)
    {
        ArgumentNullException.ThrowIfNull(rest);
        var error = rest.Error;
        return new MfaException(
            new MfaError(
                error.Id,
                error.Category,
                error.Target,
                $"{done} The rest was not done: {WithoutClaim(error.Message)}",
                WithoutClaim(error.Remedy)),
            rest.InnerException);
    }

    private static string WithoutClaim(string text) => ((string[])["Nothing was changed.", "Nothing was written."])
        .Aggregate(text, (words, claim) => words.Replace(claim, string.Empty, StringComparison.Ordinal)).Trim();

    /// <summary>The warning of a CSV file whose keys are stored.</summary>
    public static string CsvHoldsSecret(string path) =>
        $"'{path}' still holds the secret access key. Delete it with: Remove-Item -LiteralPath {PowerShellText.QuotePath(path)}";

    /// <summary>The warning that a file which others could read or write is closed now.</summary>
    public static string ClosedToOthers(string path) =>
        $"Other users could read or write '{path}'. Now only you can. If somebody may have seen the keys in it, replace them.";
}
