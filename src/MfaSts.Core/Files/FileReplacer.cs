using MfaSts.Platform;

namespace MfaSts.Files;

/// <summary>
/// Puts new bytes in a file's place in one step: a temporary file beside it, flushed, then renamed over it. Readers and a crash see the old
/// file or the new one.
/// </summary>
internal static class FileReplacer
{
    /// <summary>Replaces the file that the image was read from.</summary>
    /// <returns>Whether it was done, was overtaken by a foreign writer, or cannot be done in this place.</returns>
    public static ReplaceResult Replace(FileImage image, byte[] bytes)
    {
        var replacement = ThisSystem.Platform.Replace(image);
        if (replacement.Refuse() is { } refused)
        {
            return refused;
        }

        string temporary = TemporaryName(image.Path);
        try
        {
            return WriteTemporary(replacement, temporary, bytes) ? replacement.Rename(temporary) : ReplaceResult.Impossible;
        }
        catch (Exception e) when (image.Bytes is not null && IsAboutRights(e))
        {
            return ReplaceResult.Impossible;
        }
        catch (Exception e) when (IsAboutRights(e))
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
        catch (Exception e) when (IsAboutRights(e))
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

    private static bool IsAboutRights(Exception e) => ThisSystem.Platform.KindOf(e) == FailureKind.Rights;

    private static bool WriteTemporary(FileReplacement replacement, string temporary, byte[] bytes)
    {
        using var stream = replacement.CreateTemporary(temporary);
        if (stream is null)
        {
            return false;
        }

        RandomAccess.Write(stream.SafeFileHandle, bytes, 0);
        RandomAccess.FlushToDisk(stream.SafeFileHandle);
        return true;
    }

    /// <summary>
    /// Makes a temporary file the target, never over a file that has come since: a foreign writer may have taken the old one away for a
    /// moment, with all that is in it.
    /// </summary>
    internal static ReplaceResult MakeNew(string temporary, string target)
    {
        try
        {
            File.Move(temporary, target, overwrite: false);
        }
        catch (IOException e) when (ThisSystem.Platform.KindOf(e) == FailureKind.Exists)
        {
            return ReplaceResult.Overtaken;
        }

        ThisSystem.Platform.FlushFolder(Path.GetDirectoryName(target)!);
        return ReplaceResult.Done;
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
