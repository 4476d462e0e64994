using MfaSts.Errors;
using MfaSts.Files;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Platform.Unix;

/// <summary>
/// Opens files without the shared flock that .NET takes on Unix with every file it opens. On a credentials file that lock would make other
/// programs' exclusive opens fail, and theirs ours; on a lock file it would stand in the way of the real lock.
/// </summary>
internal static class UnlockedFile
{
    /// <summary>Opens whatever is there to read; it need not be a regular file.</summary>
    public static SafeFileHandle OpenToRead(string path) => Open(path, 0);

    /// <summary>Opens a regular file to write.</summary>
    public static SafeFileHandle OpenToWrite(string path)
    {
        var file = Open(path, LibC.ReadWrite);
        if (LibC.GetStatus(file) is { IsFile: false })
        {
            file.Dispose();
            throw StoreFailure.NotFile();
        }

        return file;
    }

    /// <summary>Opens a file of our own to write, and makes it, for this user alone, when it is not there.</summary>
    /// <exception cref="MfaException">StoreUnsafe: it is a symbolic link.</exception>
    public static SafeFileHandle OpenOrCreate(string path)
    {
        const uint ownerOnly = 0x180;
        int flags = LibC.ReadWrite | LibC.CloseOnExec | LibC.NoFollowLink;
        while (true)
        {
            int descriptor = OperatingSystem.IsMacOS()
                ? LibC.Open(path, flags)
                : LibC.Open(path, flags | LibC.Create, ownerOnly);
            if (descriptor >= 0)
            {
                return new SafeFileHandle(descriptor, ownsHandle: true);
            }

            if (OperatingSystem.IsMacOS() && LibC.Error == LibC.NotFound)
            {
                CreateOnMac(path);
            }
            else if (LibC.Error == LibC.TooManyLinks)
            {
                throw MfaErrors.StoreUnsafe(path, "it is a symbolic link");
            }
            else if (LibC.Error != LibC.Interrupted)
            {
                throw Failure(path);
            }
        }
    }

    private static SafeFileHandle Open(string path, int flags)
    {
        while (true)
        {
            int descriptor = LibC.Open(path, flags | LibC.CloseOnExec | LibC.NonBlocking);
            if (descriptor >= 0)
            {
                return new SafeFileHandle(descriptor, ownsHandle: true);
            }

            if (LibC.Error != LibC.Interrupted)
            {
                throw Failure(path);
            }
        }
    }

    private static IOException Failure(string path) =>
        LibC.Error is LibC.NotFound or LibC.NotFolder
            ? new FileNotFoundException("No such file or directory", path)
            : LibC.Failure(LibC.Error);

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void CreateOnMac(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        try
        {
            new FileStream(path, options).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster.
        }
    }
}
