using MfaSts.Files;

namespace MfaSts.Sessions;

/// <summary>A renewal that a person put off: for a while no shell asks for that profile's code by itself.</summary>
/// <param name="files">The AWS files.</param>
/// <param name="profile">The profile.</param>
/// <param name="clock">The clock.</param>
public sealed class RenewalPause(AwsFiles files, string profile, TimeProvider clock)
{
    private readonly Lazy<string> _path = new(() =>
        StoreFailure.Translate(files.Credentials.Path, "locked", () => files.Credentials.MakeFolders().File("renewal-put-off", profile)));

    /// <summary>How long nobody is asked.</summary>
    public static TimeSpan Length { get; } = TimeSpan.FromMinutes(10);

    /// <summary>When it ends, in UTC, or null when there is none.</summary>
    public DateTimeOffset? Until => File.Exists(_path.Value)
        && new DateTimeOffset(File.GetLastWriteTimeUtc(_path.Value)) is var start
        && (clock.GetUtcNow() - start).Duration() < Length
            ? start + Length
            : null;

    /// <summary>Begins, or begins anew.</summary>
    /// <exception cref="Errors.MfaException">One of the Store errors.</exception>
    public void Begin() => StoreFailure.Translate(_path.Value, "written", () =>
    {
        File.WriteAllBytes(_path.Value, []);
        File.SetLastWriteTimeUtc(_path.Value, clock.GetUtcNow().UtcDateTime);
        return true;
    });
}
