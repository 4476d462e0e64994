using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Platform.Windows;

/// <summary>The few calls of the Win32 API (fileapi.h, winbase.h) that .NET has no name for.</summary>
internal static unsafe partial class Kernel32
{
    public const uint ReadAttributes = 0x80;
    public const uint Delete = 0x10000;
    public const uint ReadControl = 0x20000;
    public const uint WriteDac = 0x40000;
    public const uint WriteOwner = 0x80000;
    public const uint Synchronize = 0x100000;
    public const uint GenericRead = 0x80000000;
    public const uint GenericWrite = 0x40000000;

    public const uint ShareAll = 7;
    public const uint CreateNew = 1;
    public const uint OpenExisting = 3;

    /// <summary>FILE_FLAG_OPEN_REPARSE_POINT: a link itself, not what it leads to.</summary>
    public const uint LinkItself = 0x200000;

    /// <summary>FILE_FLAG_BACKUP_SEMANTICS: a folder can be opened, too.</summary>
    public const uint FolderToo = 0x2000000;

    private const int LongestShortPath = 240;

    /// <summary>The error number of the last call on this thread.</summary>
    public static int Error => Marshal.GetLastPInvokeError();

    /// <summary>Opens a file.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="access">What is to be done with it.</param>
    /// <param name="disposition">CREATE_NEW or OPEN_EXISTING.</param>
    /// <param name="flags">Flags and attributes.</param>
    /// <param name="security">The security descriptor of a new file, or 0.</param>
    public static SafeFileHandle Open(string path, uint access, uint disposition, uint flags, nint security = 0)
    {
        var attributes = new SecurityAttributes { Length = (uint)sizeof(SecurityAttributes), Descriptor = security };
        return CreateFile(Extended(path), access, ShareAll, security == 0 ? null : &attributes, disposition, flags, 0);
    }

    /// <summary>Makes a folder with a security descriptor.</summary>
    public static bool CreateFolder(string path, nint security)
    {
        var attributes = new SecurityAttributes { Length = (uint)sizeof(SecurityAttributes), Descriptor = security };
        return CreateDirectory(Extended(path), &attributes) != 0;
    }

    /// <summary>Renames over what is there, in one step where the file system has it.</summary>
    public static bool Move(string from, string to, uint flags) => MoveFile(Extended(from), Extended(to), flags) != 0;

    /// <summary>The path as the system takes it when it is a long one.</summary>
    public static string Extended(string path)
    {
        if (path.Length < LongestShortPath || path.StartsWith(@"\\?\", StringComparison.Ordinal))
        {
            return path;
        }

        string full = Path.GetFullPath(path);
        return full.StartsWith(@"\\", StringComparison.Ordinal) ? @"\\?\UNC\" + full[2..] : @"\\?\" + full;
    }

    /// <summary>What a file is.</summary>
    public static bool TryGetInformation(SafeFileHandle file, out FileInformation information)
    {
        fixed (FileInformation* found = &information)
        {
            return GetInformation(file, found) != 0;
        }
    }

    [LibraryImport("kernel32", EntryPoint = "SetFileInformationByHandle", SetLastError = true)]
    public static partial int SetInformation(SafeFileHandle file, int kind, void* information, uint length);

    [LibraryImport("kernel32", EntryPoint = "GetFileInformationByHandle", SetLastError = true)]
    private static partial int GetInformation(SafeFileHandle file, FileInformation* information);

    [LibraryImport("kernel32", EntryPoint = "GetFileType", SetLastError = true)]
    public static partial int GetFileType(SafeFileHandle file);

    [LibraryImport("kernel32", EntryPoint = "GetShortPathNameW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    public static partial uint GetShortPath(string path, char* buffer, uint length);

    [LibraryImport("kernel32", EntryPoint = "LocalFree")]
    public static partial nint LocalFree(nint memory);

    [LibraryImport("kernel32", EntryPoint = "CreateFileW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    private static partial SafeFileHandle CreateFile(
        string path, uint access, uint share, SecurityAttributes* security, uint disposition, uint flags, nint template);

    [LibraryImport("kernel32", EntryPoint = "CreateDirectoryW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    private static partial int CreateDirectory(string path, SecurityAttributes* security);

    [LibraryImport("kernel32", EntryPoint = "MoveFileExW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    private static partial int MoveFile(string from, string to, uint flags);

    /// <summary>SECURITY_ATTRIBUTES.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct SecurityAttributes
    {
        public uint Length;
        public nint Descriptor;
        public int IsInherited;
    }
}
