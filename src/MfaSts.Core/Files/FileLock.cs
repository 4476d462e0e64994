using System.Globalization;
using System.Text;
using MfaSts.Errors;
using MfaSts.Platform;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Files;

/// <summary>
/// A lock that the system releases when its holder dies. On Unix it is flock on a file of our own, called directly: FileStream's lock can
/// be switched off by an environment variable, and a lock on the credentials file itself would break the AWS SDK for .NET. Where a file
/// system has no flock, it is fcntl, and where it has neither, a file on this machine's own disk. On Windows the share mode is the lock.
/// </summary>
internal sealed class FileLock : IDisposable
{
    // How often the file may be taken away between opening and locking it before that counts as busy.
    private const int MostTries = 10;

    // In a crowd the lock is held all the time, but by one after the other: that is worth waiting for, though not for ever.
    private const int MostHolders = 8;

    private readonly SafeFileHandle _file;

    private FileLock(SafeFileHandle file) => _file = file;

    /// <summary>What a user should know of a lock that is not the usual one, or null.</summary>
    public string? Warning { get; private init; }

    /// <summary>Takes the lock, or gives up at once.</summary>
    /// <returns>Null when another process, or another thread of this one, holds it.</returns>
    /// <exception cref="MfaException">StoreUnsafe: the lock file is a symbolic link.</exception>
    public static FileLock? TryTake(string path)
    {
        for (int i = 0; i < MostTries; i++)
        {
            var result = ThisSystem.Platform.TryLock(path, out var file);
            if (file is null)
            {
                return result == LockResult.Held ? null : TryTakeElsewhere(path);
            }

            // Between opening and locking, someone may have removed the folder: the lock would then be on a file that nobody else finds.
            if (ThisSystem.Platform.IsStillThere(file, path))
            {
                WriteHolder(file);
                return new FileLock(file);
            }

            file.Dispose();
        }

        return null;
    }

    // The file system knows no locks: then a folder of the user's own does, which is on this machine's disk. Other machines that share the
    // file are not kept out.
    private static FileLock? TryTakeElsewhere(string path)
    {
        string elsewhere = LockFolder.Substitute(path);
        var result = ThisSystem.Platform.TryLock(elsewhere, out var file);
        if (file is null)
        {
            return result == LockResult.Held
                ? null
                : throw new IOException("neither its file system nor that of the user's runtime folder has file locks (flock, fcntl)");
        }

        WriteHolder(file);
        return new FileLock(file)
        {
            Warning =
                $"The file system of '{path}' has no file locks; '{elsewhere}' is locked instead, which keeps out this machine's processes "
                    + "only.",
        };
    }

    /// <summary>Takes the lock, waiting for it.</summary>
    /// <param name="path">The lock file.</param>
    /// <param name="protects">The file it protects, for the error.</param>
    /// <param name="limit">How long to wait for one holder. When it has passed and another one holds the lock, it begins anew, up to eight
    /// times.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="MfaException">StoreBusy: it was held all the time.</exception>
    public static FileLock Take(string path, string protects, TimeSpan limit, CancellationToken cancellationToken)
    {
        long start = TimeProvider.System.GetTimestamp();
        int pause = 1;
        int holders = 0;
        string? holder = null;
        while (true)
        {
            if (StoreFailure.Translate(protects, "locked", () => TryTake(path)) is { } taken)
            {
                return taken;
            }

            holder ??= ReadHolder(path);
            if (TimeProvider.System.GetElapsedTime(start) > limit)
            {
                string? now = ReadHolder(path);
                if (now == holder || ++holders == MostHolders)
                {
                    throw MfaErrors.StoreBusy(protects, now);
                }

                (holder, start) = (now, TimeProvider.System.GetTimestamp());
            }

            // Uneven pauses keep many waiters from knocking in step.
            cancellationToken.WaitHandle.WaitOne(pause + Random.Shared.Next(pause + 1));
            cancellationToken.ThrowIfCancellationRequested();
            pause = Math.Min(pause * 2, 16);
        }
    }

    /// <summary>Who holds, or last held, the lock: process number and terminal.</summary>
    public static string? ReadHolder(string path)
    {
        try
        {
            using var reader = ThisSystem.Platform.OpenToRead(path);
            Span<byte> text = stackalloc byte[200];
            int length = RandomAccess.Read(reader, text, 0);
            string holder = Encoding.UTF8.GetString(text[..length]).Trim();
            return holder.Length == 0 ? null : PrintableText.Escape(holder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Releases the lock. The file stays: removing it would let two processes hold two locks of one name.</summary>
    public void Dispose() => _file.Dispose();

    private static void WriteHolder(SafeFileHandle file)
    {
        string terminal = ThisSystem.Platform.TerminalName is { } name ? " on " + name : string.Empty;
        string text = string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId}{terminal}\n");
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        RandomAccess.Write(file, bytes, 0);
        RandomAccess.SetLength(file, bytes.Length);
    }
}
