using System.Buffers.Binary;
using MfaSts.Platform;

namespace MfaSts.Files;

/// <summary>
/// Writes a file in place where it cannot be replaced: a bind mount, hard links, a folder that is not writable, another owner. Old and new
/// bytes stand in a journal until it is done, so that a crash in the middle is put right by the next call.
/// </summary>
/// <param name="journal">The journal's path, in the lock folder. Only the holder of the file's lock may use it.</param>
internal sealed class FileOverwriter(string journal)
{
    private static ReadOnlySpan<byte> Seal => "mfasts journal, whole\n"u8;

    /// <summary>Writes the new bytes over the file.</summary>
    /// <returns>False when a foreign writer changed the file since it was read. Nothing was written then.</returns>
    public bool Overwrite(FileImage image, byte[] bytes)
    {
        // Opened before the journal exists: without the right to write, nothing must be left behind.
        using var file = ThisSystem.Platform.OpenToWrite(image.Path);
        WriteJournal(image.Bytes!, bytes);
        bool isCurrent = image.IsCurrent();
        if (isCurrent)
        {
            WriteOrRestore(file, image.Bytes!, bytes);
        }

        Discard();
        return isCurrent;
    }

    /// <summary>Finishes what a killed process began. Bytes that a foreign writer put there since are left alone.</summary>
    public void Recover(string target)
    {
        if (!File.Exists(journal))
        {
            return;
        }

        if (TryReadJournal(out byte[] before, out byte[] after)
            && FileImage.Read(target).Bytes is { } now && IsBetween(now, before, after))
        {
            using var file = ThisSystem.Platform.OpenToWrite(target);
            Write(file, after);
        }

        File.Delete(journal);
    }

    // On a full disk the new bytes may go in half. For the old ones there is room: they were there.
    private void WriteOrRestore(Microsoft.Win32.SafeHandles.SafeFileHandle file, byte[] before, byte[] after)
    {
        try
        {
            Write(file, after);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Write(file, before);
            Discard();
            throw;
        }
    }

    // What was done or undone is so, whether or not the journal can be removed. Without its seal it says nothing, and the next update
    // removes it.
    private void Discard()
    {
        try
        {
            File.Delete(journal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Empty();
        }
    }

    private void Empty()
    {
        try
        {
            File.WriteAllBytes(journal, []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is for its owner alone, and what it would write is what was written.
        }
    }

    private static void Write(Microsoft.Win32.SafeHandles.SafeFileHandle file, byte[] bytes)
    {
        RandomAccess.Write(file, bytes, 0);
        RandomAccess.SetLength(file, bytes.Length);
        RandomAccess.FlushToDisk(file);
    }

    // What a half-done write looks like: each byte is the old or the new one.
    private static bool IsBetween(byte[] now, byte[] before, byte[] after)
    {
        if (now.Length < Math.Min(before.Length, after.Length) || now.Length > Math.Max(before.Length, after.Length))
        {
            return false;
        }

        for (int i = 0; i < now.Length; i++)
        {
            bool isOld = i < before.Length && now[i] == before[i];
            bool isNew = i < after.Length && now[i] == after[i];
            if (!isOld && !isNew)
            {
                return false;
            }
        }

        return true;
    }

    private void WriteJournal(byte[] before, byte[] after)
    {
        var options = ThisSystem.Platform.PrivateFile(FileMode.Create);
        options.BufferSize = 0;
        using var stream = new FileStream(journal, options);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, before.Length);
        stream.Write(length);
        stream.Write(before);
        stream.Write(after);
        stream.Write(Seal);
        stream.Flush(flushToDisk: true);
    }

    // Without its seal the journal itself was cut off, and the file was not touched yet.
    private bool TryReadJournal(out byte[] before, out byte[] after)
    {
        before = after = [];
        byte[] bytes = File.ReadAllBytes(journal);
        if (bytes.Length < sizeof(int) + Seal.Length || !bytes.AsSpan().EndsWith(Seal))
        {
            return false;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length < 0 || length > bytes.Length - sizeof(int) - Seal.Length)
        {
            return false;
        }

        before = bytes[sizeof(int)..(sizeof(int) + length)];
        after = bytes[(sizeof(int) + length)..^Seal.Length];
        return true;
    }
}
