using System.Globalization;
using MfaSts.Files;

namespace MfaSts.Roles;

/// <summary>
/// Remembers for a day what length a role refused: STS names no limit, and each try costs a code. One small file a role, beside the locks.
/// </summary>
/// <param name="files">The AWS files.</param>
/// <param name="clock">The clock.</param>
internal sealed class RoleDurationMemory(AwsFiles files, TimeProvider clock)
{
    /// <summary>The length that the role refused less than a day ago, if it is no more than what is asked for now; else null.</summary>
    public TimeSpan? RefusedBelow(string roleArn, TimeSpan asked) =>
        int.TryParse(MarkOf(roleArn).Text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
        && TimeSpan.FromSeconds(seconds) <= asked
            ? TimeSpan.FromSeconds(seconds)
            : null;

    /// <summary>Notes a refusal.</summary>
    public void Note(string roleArn, TimeSpan asked) =>
        MarkOf(roleArn).Set(((int)asked.TotalSeconds).ToString(CultureInfo.InvariantCulture));

    private TimedMark MarkOf(string roleArn) => new(files, "duration-refused", Fnv1A.Hash(roleArn), clock, TimeSpan.FromDays(1));
}
