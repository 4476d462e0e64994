using MfaSts.Files;

namespace MfaSts.Sessions;

/// <summary>Remembers, for all processes, that an early renewal failed.</summary>
/// <param name="files">The AWS files.</param>
/// <param name="profile">The profile.</param>
public sealed class RenewalFailure(AwsFiles files, string profile)
{
    private readonly Lazy<string> _path = new(() =>
        StoreFailure.Translate(files.Credentials.Path, "locked", () => files.Credentials.MakeFolders().File("renewal-failed", profile)));

    /// <summary>How long it is not tried again.</summary>
    public static TimeSpan Rest { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether it failed a moment ago.</summary>
    /// <param name="clock">The clock.</param>
    public bool IsRecent(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return File.Exists(_path.Value) && (clock.GetUtcNow() - File.GetLastWriteTimeUtc(_path.Value)).Duration() < Rest;
    }

    /// <summary>Notes a failure.</summary>
    /// <param name="clock">The clock.</param>
    public void Note(TimeProvider clock) => StoreFailure.Translate(_path.Value, "written", () =>
    {
        ArgumentNullException.ThrowIfNull(clock);
        File.WriteAllBytes(_path.Value, []);
        File.SetLastWriteTimeUtc(_path.Value, clock.GetUtcNow().UtcDateTime);
        return true;
    });
}
