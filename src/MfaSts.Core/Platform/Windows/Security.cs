using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Platform.Windows;

/// <summary>Owners and access control lists (securitybaseapi.h, sddl.h).</summary>
internal static unsafe partial class Security
{
    private const uint OwnerInformation = 1;
    private const uint GroupInformation = 2;
    private const uint ListInformation = 4;
    private const uint ProtectedList = 0x80000000;
    private const int InsufficientBuffer = 122;

    private static readonly Lazy<string> CurrentUser = new(ReadUser);

    /// <summary>The identifier of the user of this process.</summary>
    public static string User => CurrentUser.Value;

    /// <summary>Owner, group and list of a file or folder.</summary>
    /// <returns>Null when it is not there or they cannot be read.</returns>
    public static SecurityDescriptor? Read(string path) => ReadBytes(path) is { } bytes ? new SecurityDescriptor(bytes) : null;

    /// <summary>
    /// The descriptor of a file or folder for this user, the system and the administrators, who can take what they like anyway; nothing of
    /// it comes from the folder around it. To be freed by <see cref="Kernel32.LocalFree"/>.
    /// </summary>
    public static nint Private(bool isFolder)
    {
        string inherit = isFolder ? "OICI" : string.Empty;
        string text = $"D:P(A;{inherit};FA;;;{User})(A;{inherit};FA;;;SY)(A;{inherit};FA;;;BA)";
        return Convert(text, 1, out nint descriptor, null) != 0 ? descriptor : throw Win32.Failure(Kernel32.Error, text);
    }

    /// <summary>Takes every right to a file or folder from others.</summary>
    public static void MakePrivate(string path, bool isFolder)
    {
        nint descriptor = Private(isFolder);
        try
        {
            if (SetFile(Kernel32.Extended(path), ListInformation | ProtectedList, descriptor) == 0)
            {
                throw Win32.Failure(Kernel32.Error, path);
            }
        }
        finally
        {
            Kernel32.LocalFree(descriptor);
        }
    }

    /// <summary>Gives an open file a list as it stands.</summary>
    public static bool TrySetList(SafeFileHandle file, SecurityDescriptor descriptor)
    {
        fixed (byte* bytes = descriptor.ToSet())
        {
            return SetObject(file, ListInformation | (descriptor.IsProtected ? ProtectedList : 0), bytes) != 0;
        }
    }

    /// <summary>Gives an open file another owner.</summary>
    public static bool TrySetOwner(SafeFileHandle file, SecurityDescriptor descriptor)
    {
        fixed (byte* bytes = descriptor.ToSet())
        {
            return SetObject(file, OwnerInformation, bytes) != 0;
        }
    }

    /// <summary>Whether this process has a right to a file or folder, by its list alone: the file is not opened for it.</summary>
    /// <returns>True, too, when that cannot be told.</returns>
    public static bool Allows(string path, uint right)
    {
        const uint duplicateAndQuery = 2 | 8;
        const int impersonation = 2;
        if (ReadBytes(path) is not { } bytes || OpenToken(-1, duplicateAndQuery, out nint token) == 0)
        {
            return true;
        }

        nint copy = 0;
        try
        {
            return Duplicate(token, impersonation, out copy) == 0 || Check(bytes, copy, right);
        }
        finally
        {
            _ = Close(copy);
            _ = Close(token);
        }
    }

    private static bool Check(byte[] bytes, nint token, uint right)
    {
        // FILE_GENERIC_READ, _WRITE, _EXECUTE and FILE_ALL_ACCESS.
        uint* mapping = stackalloc uint[] { 0x120089, 0x120116, 0x1200A0, 0x1F01FF };
        const int privilegesLength = 64;
        byte* privileges = stackalloc byte[privilegesLength];
        uint length = privilegesLength;
        fixed (byte* descriptor = bytes)
        {
            return AccessCheck(descriptor, token, right, mapping, privileges, ref length, out _, out int isAllowed) == 0 || isAllowed != 0;
        }
    }

    private static byte[]? ReadBytes(string path)
    {
        const uint information = OwnerInformation | GroupInformation | ListInformation;
        string extended = Kernel32.Extended(path);
        byte[] buffer = new byte[512];
        while (true)
        {
            fixed (byte* bytes = buffer)
            {
                if (GetFile(extended, information, bytes, (uint)buffer.Length, out uint length) != 0)
                {
                    return buffer;
                }

                if (Kernel32.Error != InsufficientBuffer)
                {
                    return null;
                }

                buffer = new byte[length];
            }
        }
    }

    private static string ReadUser()
    {
        const uint query = 8;
        const int user = 1;
        if (OpenToken(-1, query, out nint token) == 0)
        {
            throw Win32.Failure(Kernel32.Error, string.Empty);
        }

        try
        {
            // TOKEN_USER: a pointer to the identifier, which follows.
            byte* buffer = stackalloc byte[256];
            return GetToken(token, user, buffer, 256, out uint length) != 0
                ? Sid.Read(new ReadOnlySpan<byte>(*(byte**)buffer, (int)length - (2 * sizeof(nint))))
                : throw Win32.Failure(Kernel32.Error, string.Empty);
        }
        finally
        {
            _ = Close(token);
        }
    }

    [LibraryImport("advapi32", EntryPoint = "ConvertStringSecurityDescriptorToSecurityDescriptorW", SetLastError = true,
        StringMarshalling = StringMarshalling.Utf16)]
    private static partial int Convert(string text, uint revision, out nint descriptor, uint* length);

    [LibraryImport("advapi32", EntryPoint = "GetFileSecurityW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    private static partial int GetFile(string path, uint information, byte* descriptor, uint length, out uint needed);

    [LibraryImport("advapi32", EntryPoint = "SetFileSecurityW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    private static partial int SetFile(string path, uint information, nint descriptor);

    [LibraryImport("advapi32", EntryPoint = "SetKernelObjectSecurity", SetLastError = true)]
    private static partial int SetObject(SafeFileHandle handle, uint information, byte* descriptor);

    [LibraryImport("advapi32", EntryPoint = "OpenProcessToken", SetLastError = true)]
    private static partial int OpenToken(nint process, uint access, out nint token);

    [LibraryImport("advapi32", EntryPoint = "GetTokenInformation", SetLastError = true)]
    private static partial int GetToken(nint token, int kind, byte* information, uint length, out uint needed);

    [LibraryImport("advapi32", EntryPoint = "DuplicateToken", SetLastError = true)]
    private static partial int Duplicate(nint token, int level, out nint copy);

    [LibraryImport("advapi32", EntryPoint = "AccessCheck", SetLastError = true)]
    private static partial int AccessCheck(
        byte* descriptor, nint token, uint access, uint* mapping, byte* privileges, ref uint length, out uint granted, out int isAllowed);

    [LibraryImport("kernel32", EntryPoint = "CloseHandle")]
    private static partial int Close(nint handle);
}
