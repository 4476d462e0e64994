using MfaSts.Platform;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Files;

/// <summary>A file's bytes as they were read at one moment.</summary>
/// <param name="Path">The file itself, symbolic links resolved.</param>
/// <param name="Bytes">The content, or null when there was no file, or a device such as /dev/null.</param>
internal sealed record FileImage(string Path, byte[]? Bytes)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="IniFormatException">It is a folder, a pipe or a socket.</exception>
    public static FileImage Read(string path)
    {
        string target = Resolve(path);
        return new FileImage(target, ReadBytes(target));
    }

    /// <summary>True when the file on the disk still has these bytes.</summary>
    public bool IsCurrent()
    {
        byte[]? now = ReadBytes(Path);
        return now is null ? Bytes is null : Bytes is not null && now.AsSpan().SequenceEqual(Bytes);
    }

    /// <summary>The file behind symbolic links; the last one may lead to a file that is yet to be made.</summary>
    public static string Resolve(string path) => ThisSystem.Platform.FollowLinks(path);

    private static byte[]? ReadBytes(string path)
    {
        using var handle = OpenIfThere(path);
        if (handle is null)
        {
            return null;
        }

        if (ThisSystem.Platform.KindOf(handle) is not FileKind.File and var kind)
        {
            // AWS_CONFIG_FILE=/dev/null is how a file is switched off.
            return kind == FileKind.CharacterDevice ? null : throw NotFile();
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>(checked((int)RandomAccess.GetLength(handle)));
        int length = 0;
        while (length < bytes.Length && RandomAccess.Read(handle, bytes.AsSpan(length), length) is > 0 and var count)
        {
            length += count;
        }

        // A writer that truncates while we read leaves less than the length promised.
        return length == bytes.Length ? bytes : bytes[..length];
    }

    // Only opening tells that there is no file: of an open one, the same error is a failure of its file system.
    private static SafeFileHandle? OpenIfThere(string path)
    {
        try
        {
            return ThisSystem.Platform.OpenToRead(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (IOException) when (ThisSystem.Platform.KindOf(path) is FileKind.CharacterDevice or FileKind.Other)
        {
            // A socket cannot even be opened.
            throw NotFile();
        }
    }

    private static IniFormatException NotFile() => new(null, "it is not a file");
}
