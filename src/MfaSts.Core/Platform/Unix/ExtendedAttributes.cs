using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Platform.Unix;

/// <summary>
/// Access control lists and other extended attributes: takes over what a rename would drop, and drops what a folder hands down.
/// </summary>
internal static partial class ExtendedAttributes
{
    private const string AccessControlList = "system.posix_acl_access";
    private const uint CopyAclAndAttributes = (1 << 0) | (1 << 2);

    /// <summary>Copies the attributes of one file to another.</summary>
    /// <returns>False when an access control list could not be copied: the other file would then be open to the wrong people.</returns>
    public static bool Copy(string from, string to)
    {
        if (OperatingSystem.IsMacOS())
        {
            return CopyFile(from, to, 0, CopyAclAndAttributes) == 0;
        }

        bool complete = true;
        foreach (string name in Names(from))
        {
            // Labels such as security.selinux are the system's to set; user attributes may be unsupported here. Only an ACL decides about
            // access.
            complete &= CopyOne(from, to, name) || name != AccessControlList;
        }

        return complete;
    }

    /// <summary>
    /// Drops the access control list that a new file got from its folder's default one, so that only the owner and the mode decide.
    /// </summary>
    /// <returns>False when it is still there.</returns>
    public static bool RemoveAccessControlList(SafeFileHandle file)
    {
        const int noData = 61;
        const int notSupported = 95;
        return OperatingSystem.IsMacOS() || Remove(file, AccessControlList) == 0 || LibC.Error is noData or notSupported;
    }

    private static string[] Names(string path)
    {
        nint length = List(path, null, 0);
        if (length <= 0)
        {
            return [];
        }

        byte[] names = new byte[length];
        length = List(path, names, names.Length);
        return length <= 0 ? [] : Encoding.UTF8.GetString(names, 0, (int)length).Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool CopyOne(string from, string to, string name)
    {
        nint length = Get(from, name, null, 0);
        if (length < 0)
        {
            return false;
        }

        byte[] value = new byte[length];
        length = Get(from, name, value, value.Length);
        return length >= 0 && Set(to, name, value, length, 0) == 0;
    }

    [LibraryImport("libc", EntryPoint = "listxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint List(string path, byte[]? names, nint size);

    [LibraryImport("libc", EntryPoint = "getxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Get(string path, string name, byte[]? value, nint size);

    [LibraryImport("libc", EntryPoint = "setxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Set(string path, string name, byte[] value, nint size, int flags);

    [LibraryImport("libc", EntryPoint = "fremovexattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Remove(SafeFileHandle file, string name);

    [LibraryImport("libc", EntryPoint = "copyfile", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CopyFile(string from, string to, nint state, uint flags);
}
