using MfaSts.Files;

namespace MfaSts.Sessions;

/// <summary>Remembers, for all processes, that an early renewal failed.</summary>
/// <param name="files">The AWS files.</param>
/// <param name="profile">The profile.</param>
public sealed class RenewalFailure(AwsFiles files, string profile)
{
    private readonly Lazy<string> _path = new(() =>
        StoreFailure.Translate(files.Credentials.Path, "locked", () => files.Credentials.MakeFolders().File("renewal-failed", profile)));

    /// <summary>When it last failed, or null.</summary>
    public DateTimeOffset? At => File.Exists(_path.Value) ? File.GetLastWriteTimeUtc(_path.Value) : null;

    /// <summary>Notes a failure.</summary>
    public void Note() => StoreFailure.Translate(_path.Value, "written", () =>
    {
        File.WriteAllBytes(_path.Value, []);
        return true;
    });
}
