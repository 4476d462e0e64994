using MfaSts.Files;

namespace MfaSts.Sessions;

/// <summary>
/// Says that this process is asking a person for a profile's code. It only tells: whoever was called explicitly may ask too, so that a
/// prompt left open in a hidden tab blocks nobody.
/// </summary>
public sealed class AskingLease : IDisposable
{
    private const string Purpose = "asking";

    private readonly FileLock? _held;
    private readonly string _path;

    private AskingLease(string path, FileLock? held, string? otherHolder)
    {
        _path = path;
        _held = held;
        OtherHolder = otherHolder;
    }

    /// <summary>The process that is asking already, or null when it is this one.</summary>
    public string? OtherHolder { get; }

    /// <summary>
    /// The person did not answer, or the answer was refused: tells those who wait for it, so that they do not each ask again.
    /// </summary>
    public void Decline()
    {
        if (_held is not null)
        {
            File.WriteAllBytes(DeclinedPath(_path), []);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _held?.Dispose();

    internal static AskingLease Take(LockFolder folder, string profile)
    {
        string path = folder.File(Purpose, profile);
        var held = FileLock.TryTake(path);
        return new AskingLease(path, held, held is null ? FileLock.ReadHolder(path) ?? "another process" : null);
    }

    /// <summary>When a person last declined to answer for the profile, or null.</summary>
    internal static DateTimeOffset? DeclinedAt(LockFolder folder, string profile)
    {
        string path = DeclinedPath(folder.File(Purpose, profile));
        return File.Exists(path) ? File.GetLastWriteTimeUtc(path) : null;
    }

    private static string DeclinedPath(string path) => path + "-declined";
}
