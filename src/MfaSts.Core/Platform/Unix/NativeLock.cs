using MfaSts.Files;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Platform.Unix;

/// <summary>
/// Locks an open file for this one opening of it. flock is missing on file systems of clusters and in some mounts (ENOSYS on Lustre, ENOLCK
/// and EOPNOTSUPP on network file systems, EBADF on some NFSv4 servers); Linux then has fcntl's lock on an open file description, which
/// behaves alike.
/// </summary>
internal static class NativeLock
{
    public static LockResult TryTake(SafeFileHandle file)
    {
        var result = Try(() => LibC.Lock(file, LibC.LockExclusive | LibC.LockNonBlocking));
        return result == LockResult.Unknown && OperatingSystem.IsLinux() && Environment.Is64BitProcess
            ? Try(() => LibC.LockDescription(file))
            : result;
    }

    private static LockResult Try(Func<int> take)
    {
        while (take() != 0)
        {
            int error = LibC.Error;
            if (error == LibC.WouldBlock || error == LibC.AccessDenied)
            {
                return LockResult.Held;
            }

            if (LibC.IsUnknownLock(error))
            {
                return LockResult.Unknown;
            }

            if (error != LibC.Interrupted)
            {
                throw LibC.Failure(error);
            }
        }

        return LockResult.Taken;
    }
}
