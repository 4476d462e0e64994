using System.Runtime.InteropServices;
using MfaSts.Errors;
using MfaSts.Files.Native;

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

    /// <summary>The failure of a C library call, in the shape that <see cref="Translate{T}"/> takes.</summary>
    public static IOException FromErrno(int error) => new(LibC.Describe(error), error);

    /// <summary>The failure to write to a device, a pipe, a socket or a folder.</summary>
    public static IOException NotFile() => new("it is not a file");

    /// <summary>True when it is a matter of rights, so that another way of writing may work.</summary>
    public static bool IsAboutRights(Exception e) =>
        e is UnauthorizedAccessException
            || (e is IOException && e.HResult is LibC.AccessDenied or LibC.NotPermitted or LibC.ReadOnlyFileSystem);

    private static MfaException From(string path, string doing, Exception e)
    {
        const int windowsDiskFull = unchecked((int)0x80070070);
        bool isFull = RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
            ? e.HResult == windowsDiskFull
            : e.HResult == LibC.NoSpace || e.HResult == LibC.QuotaExceeded;
        return isFull ? MfaErrors.StoreFull(path, e) : MfaErrors.StoreAccessDenied(path, doing, e);
    }
}
