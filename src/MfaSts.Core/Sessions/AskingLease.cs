using MfaSts.Files;

namespace MfaSts.Sessions;

/// <summary>
/// Says that this process is asking a person for a profile's code. It only tells: whoever was called explicitly may ask too, so that a prompt left open in a
/// hidden tab blocks nobody.
/// </summary>
public sealed class AskingLease : IDisposable
{
    private readonly FileLock? _held;

    private AskingLease(FileLock? held, string? otherHolder)
    {
        _held = held;
        OtherHolder = otherHolder;
    }

    /// <summary>The process that is asking already, or null when it is this one.</summary>
    public string? OtherHolder { get; }

    /// <inheritdoc/>
    public void Dispose() => _held?.Dispose();

    internal static AskingLease Take(LockFolder folder, string profile)
    {
        string path = folder.File("asking", profile);
        var held = FileLock.TryTake(path);
        return new AskingLease(held, held is null ? FileLock.ReadHolder(path) ?? "another process" : null);
    }
}
