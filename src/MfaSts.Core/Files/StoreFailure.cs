using MfaSts.Errors;
using MfaSts.Platform;

namespace MfaSts.Files;

/// <summary>Turns what the file system throws into the catalogue's errors.</summary>
internal static class StoreFailure
{
    /// <summary>Runs an action on a file and translates its failures.</summary>
    /// <param name="path">The file, as the user knows it.</param>
    /// <param name="doing">What is being done to it, as a participle: read, written, locked.</param>
    /// <param name="action">The action.</param>
    public static T Translate<T>(string path, string doing, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw From(path, doing, e);
        }
        catch (IniFormatException e)
        {
            throw MfaErrors.StoreUnreadable(path, e.Line, e.Message);
        }
    }

    /// <summary>The failure to write to a device, a pipe, a socket or a folder.</summary>
    public static IOException NotFile() => new("it is not a file");

    private static MfaException From(string path, string doing, Exception e) => ThisSystem.Platform.KindOf(e) switch
    {
        FailureKind.Full => MfaErrors.StoreFull(path, e),
        FailureKind.InUse => MfaErrors.StoreInUse(path, doing, ThisSystem.Platform.HoldersOf(path), e),
        _ => MfaErrors.StoreAccessDenied(path, doing, e),
    };
}
