namespace MfaSts.Platform.Windows;

/// <summary>
/// Renames a file over another one. Where the system has it, with POSIX semantics (FileRenameInfoEx, since Windows 10 1607): the name then
/// leads to the old file or to the new one at every instant, and who has the old one open keeps it. Where it has not (FAT, some network
/// shares, older ReFS), MoveFileEx.
/// </summary>
internal sealed class WindowsRename
{
    private const int RenameInformationEx = 22;
    private const uint ReplaceWithPosixSemantics = 3;
    private const uint ReplaceExisting = 1;
    private const uint WriteThrough = 8;

    private volatile bool _isUnknown;

    /// <summary>The other way only, for a test of it.</summary>
    public bool IsOlderWayOnly
    {
        get => _isUnknown;
        init => _isUnknown = value;
    }

    /// <summary>Renames.</summary>
    /// <returns>0, or the error number.</returns>
    public int Over(string from, string to)
    {
        if (!_isUnknown)
        {
            int error = WithPosixSemantics(from, to);
            if (error is not (Win32.InvalidParameter or Win32.NotSupported or Win32.InvalidFunction))
            {
                return error;
            }

            _isUnknown = true;
        }

        return Kernel32.Move(from, to, ReplaceExisting | WriteThrough) ? 0 : Kernel32.Error;
    }

    // FILE_RENAME_INFO: flags, the folder's handle, the length of the name in bytes, the name.
    private static unsafe int WithPosixSemantics(string from, string to)
    {
        using var file = Kernel32.Open(
            from, Kernel32.Delete | Kernel32.Synchronize, Kernel32.OpenExisting, Kernel32.LinkItself);
        if (file.IsInvalid)
        {
            return Kernel32.Error;
        }

        string name = Kernel32.Extended(to);
        int start = (2 * sizeof(nint)) + sizeof(uint);
        byte[] information = new byte[start + ((name.Length + 1) * sizeof(char))];
        fixed (byte* bytes = information)
        {
            *(uint*)bytes = ReplaceWithPosixSemantics;
            *(uint*)(bytes + (2 * sizeof(nint))) = (uint)(name.Length * sizeof(char));
            name.CopyTo(new Span<char>(bytes + start, name.Length));
            return Kernel32.SetInformation(file, RenameInformationEx, bytes, (uint)information.Length) != 0 ? 0 : Kernel32.Error;
        }
    }
}
