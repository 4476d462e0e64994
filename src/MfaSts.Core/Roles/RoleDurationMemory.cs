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
    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    /// <summary>The length that the role refused less than a day ago, if it is no more than what is asked for now; else null.</summary>
    public TimeSpan? RefusedBelow(string roleArn, TimeSpan asked)
    {
        string path = PathOf(roleArn);
        return StoreFailure.Translate<TimeSpan?>(path, "read", () =>
            File.Exists(path)
            && (clock.GetUtcNow() - File.GetLastWriteTimeUtc(path)).Duration() < Memory
            && int.TryParse(File.ReadAllText(path), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            && TimeSpan.FromSeconds(seconds) <= asked
                ? TimeSpan.FromSeconds(seconds)
                : null);
    }

    /// <summary>Notes a refusal.</summary>
    public void Note(string roleArn, TimeSpan asked)
    {
        string path = PathOf(roleArn);
        StoreFailure.Translate(path, "written", () =>
        {
            File.WriteAllText(path, ((int)asked.TotalSeconds).ToString(CultureInfo.InvariantCulture));
            File.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime);
            return true;
        });
    }

    private string PathOf(string roleArn) => files.Credentials.MakeFolders().File("duration-refused", Fnv1A.Hash(roleArn));
}
