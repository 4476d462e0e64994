namespace MfaSts.Prove.Faults;

/// <summary>One fault: the n-th call of a name fails, or the process dies when it makes it.</summary>
/// <param name="Call">The system call.</param>
/// <param name="Number">Which of the calls of that name, from 1.</param>
/// <param name="Error">The error's name; null is a kill.</param>
internal sealed record Injection(string Call, int Number, string? Error)
{
    private static readonly string[] Common = ["EIO", "EINTR"];
    private static readonly string[] OfChanges = ["ENOSPC", "EACCES", "EROFS"];

    public override string ToString() => Error is null ? $"{Call}:signal=KILL:when={Number}" : $"{Call}:error={Error}:when={Number}";

    /// <summary>What can go wrong with a call.</summary>
    public static IEnumerable<Injection> Of(string call, int number, bool isLong)
    {
        bool isChange = IsChange(call);
        IEnumerable<string> errors = isLong
            ? [.. Common, .. OfChanges, "EBUSY", "EPERM", "ENOENT", "ENOMEM"]
            : isChange
            ? [.. Common, .. OfChanges]
            : ["EIO"];
        var failures = errors.Select(error => new Injection(call, number, error));

        // Between two changes the disk stays as it is: in the short form a kill at each change is a kill in each state.
        return isLong || isChange ? failures.Prepend(new Injection(call, number, null)) : failures;
    }

    private static bool IsChange(string call) =>
        call.StartsWith("open", StringComparison.Ordinal) || call.Contains("write", StringComparison.Ordinal)
            || call.Contains("sync", StringComparison.Ordinal)
        || call.StartsWith("rename", StringComparison.Ordinal) || call.StartsWith("unlink", StringComparison.Ordinal)
        || call.StartsWith("mkdir", StringComparison.Ordinal)
        || call is "ftruncate" or "flock" or "fchmod" or "fchown" or "chmod";
}
