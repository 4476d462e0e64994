using MfaSts.Errors;

namespace MfaSts.Files;

/// <summary>
/// A small file beside the locks by which all processes know that something happened, and when. Nothing is lost when it goes.
/// </summary>
/// <param name="files">The AWS files.</param>
/// <param name="purpose">What happened, as the end of the file's name.</param>
/// <param name="name">To what it happened.</param>
/// <param name="clock">The clock.</param>
/// <param name="life">How long the mark counts.</param>
internal sealed class TimedMark(AwsFiles files, string purpose, string name, TimeProvider clock, TimeSpan life)
{
    private readonly Lazy<string> _path = new(() =>
        StoreFailure.Translate(files.Credentials.Path, "locked", () => files.Credentials.MakeFolders().File(purpose, name)));

    /// <summary>When it was set, in UTC, while it counts; else null. A time in the future counts as one as far in the past.</summary>
    public DateTimeOffset? Since => File.Exists(_path.Value)
        && new DateTimeOffset(File.GetLastWriteTimeUtc(_path.Value)) is var since
        && (clock.GetUtcNow() - since).Duration() < life
            ? since
            : null;

    /// <summary>What was noted with it, while it counts; else null.</summary>
    /// <exception cref="MfaException">One of the Store errors.</exception>
    public string? Text =>
        StoreFailure.Translate(_path.Value, "read", () => Since is null ? null : File.ReadAllText(_path.Value));

    /// <summary>Sets it, or sets it anew.</summary>
    /// <exception cref="MfaException">One of the Store errors.</exception>
    public void Set(string text = "") => StoreFailure.Translate(_path.Value, "written", () =>
    {
        File.WriteAllText(_path.Value, text);
        File.SetLastWriteTimeUtc(_path.Value, clock.GetUtcNow().UtcDateTime);
        return true;
    });
}
