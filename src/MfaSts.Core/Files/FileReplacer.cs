using MfaSts.Files.Native;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Files;

/// <summary>
/// Puts new bytes in a file's place in one step: a temporary file beside it, flushed, then renamed over it. Readers and a crash see the old
/// file or the new one.
/// </summary>
internal static class FileReplacer
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Replaces the file that the image was read from.</summary>
    /// <returns>Whether it was done, was overtaken by a foreign writer, or cannot be done in this place.</returns>
    public static ReplaceResult Replace(FileImage image, byte[] bytes)
    {
        var status = image.Status();
        if (status is { IsFile: false })
        {
            throw StoreFailure.NotFile();
        }

        if (status is null && image.Bytes is not null && !OperatingSystem.IsWindows())
        {
            // Whoever took it away is about to put another one there.
            return ReplaceResult.Overtaken;
        }

        if (status is { Links: > 1 })
        {
            return ReplaceResult.Impossible;
        }

        string temporary = TemporaryName(image.Path);
        try
        {
            return WriteTemporary(temporary, image, status, bytes) ? Rename(temporary, image) : ReplaceResult.Impossible;
        }
        catch (Exception e) when (image.Bytes is not null && StoreFailure.IsAboutRights(e))
        {
            return ReplaceResult.Impossible;
        }
        catch (Exception e) when (StoreFailure.IsAboutRights(e))
        {
            throw NoNewFile(image.Path, e);
        }
        finally
        {
            DeleteQuietly(temporary);
        }
    }

    /// <summary>Proves that a new file of some size can be made beside the target, and leaves nothing behind.</summary>
    public static void TryCreateBeside(string target, int length)
    {
        string temporary = TemporaryName(target);
        try
        {
            using var handle = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write);
            RandomAccess.Write(handle, new byte[length], 0);
        }
        catch (Exception e) when (StoreFailure.IsAboutRights(e))
        {
            throw NoNewFile(target, e);
        }
        finally
        {
            DeleteQuietly(temporary);
        }
    }

    /// <summary>Removes temporary files that a killed process left. Only the holder of the file's lock may do so.</summary>
    public static void DeleteLeftovers(string target)
    {
        try
        {
            foreach (string leftover in Directory.EnumerateFiles(Path.GetDirectoryName(target)!, TemporaryPrefix(target) + "*"))
            {
                DeleteQuietly(leftover);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be listed has no temporary files of ours that could be removed.
        }
    }

    // .NET's own words name the temporary file, of which nobody knows.
    private static UnauthorizedAccessException NoNewFile(string target, Exception cause) =>
        new($"no new file can be made in '{Path.GetDirectoryName(target)}'", cause);

    private static string TemporaryPrefix(string target) => $".{Path.GetFileName(target)}.mfasts-";

    private static string TemporaryName(string target) =>
        Path.Combine(Path.GetDirectoryName(target)!, TemporaryPrefix(target) + Guid.NewGuid().ToString("N"));

    private static bool WriteTemporary(string temporary, FileImage image, FileStatus? status, byte[] bytes)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            Share = FileShare.ReadWrite | FileShare.Delete,
        };
        if (!OperatingSystem.IsWindows())
        {
            // While it is being written it is never more open than the file that it will replace.
            options.UnixCreateMode = OwnerOnly & (status?.Permissions ?? OwnerOnly);
        }

        using var stream = new FileStream(temporary, options);
        if (!OperatingSystem.IsWindows() && !RestrictAndTakeOver(stream.SafeFileHandle, temporary, image.Path, status))
        {
            return image.Bytes is null ? throw StoreFailure.FromErrno(LibC.NotPermitted) : false;
        }

        RandomAccess.Write(stream.SafeFileHandle, bytes, 0);
        RandomAccess.FlushToDisk(stream.SafeFileHandle);
        return true;
    }

    // The list that the folder hands down goes first: with a wider mode it would come into force.
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static bool RestrictAndTakeOver(SafeFileHandle file, string temporary, string target, FileStatus? status) =>
        ExtendedAttributes.RemoveAccessControlList(file) && (status is null || TakeOver(file, temporary, target, status));

    // Owner first: changing it may clear mode bits. Mode last: without the list, the list's mask in it would be the group's rights.
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static bool TakeOver(SafeFileHandle file, string temporary, string target, FileStatus status)
    {
        var own = LibC.GetStatus(file);
        bool isSameOwner = own is not null && own.User == status.User && own.Group == status.Group;
        if (!isSameOwner && LibC.ChangeOwner(file, status.User, status.Group) != 0)
        {
            return false;
        }

        if (!ExtendedAttributes.Copy(target, temporary))
        {
            return false;
        }

        File.SetUnixFileMode(file, status.Permissions);
        return true;
    }

    private static ReplaceResult Rename(string temporary, FileImage image)
    {
        if (!image.IsCurrent())
        {
            return ReplaceResult.Overtaken;
        }

        if (image.Bytes is null)
        {
            return MakeNew(temporary, image.Path);
        }

        if (OperatingSystem.IsWindows())
        {
            // Replace, not Move: it keeps the access control list.
            File.Replace(temporary, image.Path, destinationBackupFileName: null);
            return ReplaceResult.Done;
        }

        if (LibC.Rename(temporary, image.Path) != 0)
        {
            int error = LibC.Error;
            if (error == LibC.NotFound)
            {
                // Another process has taken the temporary file for a leftover: somebody had removed the folder with our lock.
                return ReplaceResult.Overtaken;
            }

            return error is LibC.Busy or LibC.CrossDevice or LibC.AccessDenied or LibC.NotPermitted
                ? ReplaceResult.Impossible
                : throw StoreFailure.FromErrno(error);
        }

        FlushFolder(image.Path);
        return ReplaceResult.Done;
    }

    /// <summary>
    /// Makes a temporary file the target, never over a file that has come since: a foreign writer may have taken the old one away for a
    /// moment, with all that is in it.
    /// </summary>
    internal static ReplaceResult MakeNew(string temporary, string target)
    {
        const int windowsFileExists = unchecked((int)0x800700B7);
        try
        {
            File.Move(temporary, target, overwrite: false);
        }
        catch (IOException e) when (e.HResult is LibC.FileExists or windowsFileExists)
        {
            return ReplaceResult.Overtaken;
        }

        FlushFolder(target);
        return ReplaceResult.Done;
    }

    private static void FlushFolder(string target)
    {
        if (!OperatingSystem.IsWindows())
        {
            LibC.FlushFolder(Path.GetDirectoryName(target)!);
        }
    }

    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is no more open than the file itself, and the next update tries again.
        }
    }
}
