using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Platform.Unix;

/// <summary>The few calls of the C library that .NET has no name for.</summary>
internal static partial class LibC
{
    public const int LockExclusive = 2;
    public const int LockNonBlocking = 4;

    public const int NotPermitted = 1;
    public const int AccessDenied = 13;
    public const int Busy = 16;
    public const int CrossDevice = 18;
    public const int ReadOnlyFileSystem = 30;
    public const int NoSpace = 28;
    public const int Interrupted = 4;
    public const int NotFound = 2;
    public const int FileExists = 17;
    public const int NotFolder = 20;

    /// <summary>EWOULDBLOCK and EDQUOT have different numbers on Linux and on macOS.</summary>
    public static int WouldBlock { get; } = OperatingSystem.IsMacOS() ? 35 : 11;

    public static int QuotaExceeded { get; } = OperatingSystem.IsMacOS() ? 69 : 122;

    public static int TooManyLinks { get; } = OperatingSystem.IsMacOS() ? 62 : 40;

    public const int ReadWrite = 2;

    /// <summary>O_CLOEXEC and O_CREAT have different numbers on Linux and on macOS.</summary>
    public static int CloseOnExec { get; } = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    public static int Create { get; } = OperatingSystem.IsMacOS() ? 0x200 : 0x40;

    /// <summary>O_NOCTTY: opening a terminal makes it nobody's own.</summary>
    public static int NoControllingTerminal { get; } = OperatingSystem.IsMacOS() ? 0x20000 : 0x100;

    /// <summary>
    /// O_NONBLOCK: opening a named pipe would wait for its other end, deaf to every signal. On a regular file it does nothing.
    /// </summary>
    public static int NonBlocking { get; } = OperatingSystem.IsMacOS() ? 0x4 : 0x800;

    /// <summary>O_NOFOLLOW has a number of its own on ARM and POWER.</summary>
    public static int NoFollowLink { get; } = OperatingSystem.IsMacOS()
        ? 0x100
        : RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Armv6 or Architecture.Arm64 or Architecture.Ppc64le
        ? 0x8000
        : 0x20000;

    /// <summary>EBADF, EINVAL, ENOLCK, ENOSYS, ENOTSUP and EOPNOTSUPP: what file systems without a lock answer.</summary>
    public static bool IsUnknownLock(int error) =>
        OperatingSystem.IsMacOS() ? error is 9 or 22 or 45 or 77 or 78 or 102 : error is 9 or 22 or 37 or 38 or 95;

    private const int AtFdCwd = -100;
    private const int NoFollow = 0x100;
    private const uint StatxBasic = 0x7ff;

    /// <summary>The error number of the last call on this thread.</summary>
    public static int Error => Marshal.GetLastPInvokeError();

    /// <summary>The failure of a call, in the shape that <see cref="Files.StoreFailure.Translate{T}"/> takes.</summary>
    public static IOException Failure(int error) => new(Marshal.GetPInvokeErrorMessage(error), error);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(SafeFileHandle file, int operation);

    /// <summary>Locks the whole file for this opening of it, by fcntl (F_OFD_SETLK). For Linux on 64 bits.</summary>
    public static unsafe int LockDescription(SafeFileHandle file)
    {
        const int setOpenDescriptionLock = 37;
        const short writeLock = 1;
        byte* description = stackalloc byte[32];
        new Span<byte>(description, 32).Clear();
        *(short*)description = writeLock;
        return Control(file, setOpenDescriptionLock, description);
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static unsafe partial int Control(SafeFileHandle file, int command, byte* argument);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Rename(string from, string to);

    [LibraryImport("libc", EntryPoint = "fchown", SetLastError = true)]
    public static partial int ChangeOwner(SafeFileHandle file, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "tcgetpgrp", SetLastError = true)]
    public static partial int ForegroundGroup(SafeFileHandle terminal);

    [LibraryImport("libc", EntryPoint = "getpgrp")]
    public static partial int OwnGroup();

    /// <summary>A user's home folder, by getpwnam.</summary>
    /// <returns>Null when there is no such user.</returns>
    public static unsafe string? HomeOf(string user)
    {
        // struct passwd: before pw_dir, Linux has four pointers' room; macOS a time and a class besides.
        int offset = OperatingSystem.IsMacOS() ? 48 : 4 * sizeof(nint);
        byte* entry = GetUser(user);
        return entry is null || !Environment.Is64BitProcess ? null : Marshal.PtrToStringUTF8(*(nint*)(entry + offset));
    }

    /// <summary>Makes a rename in the folder durable. File.OpenHandle refuses folders.</summary>
    /// <returns>False when the file system cannot do it; the rename itself stands.</returns>
    public static bool FlushFolder(string folder)
    {
        int descriptor = Open(folder, CloseOnExec);
        if (descriptor < 0)
        {
            return false;
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        return Flush(handle) == 0;
    }

    /// <summary>lstat or stat.</summary>
    /// <returns>Null when there is no such file or it cannot be looked at.</returns>
    public static FileStatus? GetStatus(string path, bool followLink) =>
        OperatingSystem.IsMacOS() ? GetStatusMac(path, followLink) : GetStatusLinux(AtFdCwd, path, followLink ? 0 : NoFollow);

    /// <summary>fstat.</summary>
    public static FileStatus? GetStatus(SafeFileHandle file)
    {
        const int emptyPath = 0x1000;
        int descriptor = (int)file.DangerousGetHandle();
        return OperatingSystem.IsMacOS()
            ? GetStatusMac(string.Create(CultureInfo.InvariantCulture, $"/dev/fd/{descriptor}"), followLink: true)
            : GetStatusLinux(descriptor, string.Empty, emptyPath);
    }

    private static unsafe FileStatus? GetStatusLinux(int folder, string path, int flags)
    {
        byte* b = stackalloc byte[256];
        return Statx(folder, path, flags, StatxBasic, b) != 0
            ? null
            : new FileStatus(
                Device: ((ulong)*(uint*)(b + 136) << 32) | *(uint*)(b + 140),
                Inode: *(ulong*)(b + 32),
                Mode: *(ushort*)(b + 28),
                Links: *(uint*)(b + 16),
                User: *(uint*)(b + 20),
                Group: *(uint*)(b + 24));
    }

    private static unsafe FileStatus? GetStatusMac(string path, bool followLink)
    {
        byte* b = stackalloc byte[256];
        int result = RuntimeInformation.ProcessArchitecture == Architecture.Arm64
            ? (followLink ? Stat(path, b) : LinkStat(path, b))
            : (followLink ? StatIntel(path, b) : LinkStatIntel(path, b));
        return result != 0
            ? null
            : new FileStatus(
                Device: *(uint*)b,
                Inode: *(ulong*)(b + 8),
                Mode: *(ushort*)(b + 4),
                Links: *(ushort*)(b + 6),
                User: *(uint*)(b + 16),
                Group: *(uint*)(b + 20));
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    /// <summary>Not for macOS: there the mode, as a variable argument, goes another way.</summary>
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "getpwnam", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial byte* GetUser(string name);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int folder, string path, int flags, uint mask, byte* buffer);

    [LibraryImport("libc", EntryPoint = "stat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Stat(string path, byte* buffer);

    [LibraryImport("libc", EntryPoint = "lstat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int LinkStat(string path, byte* buffer);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int StatIntel(string path, byte* buffer);

    [LibraryImport("libc", EntryPoint = "lstat$INODE64", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int LinkStatIntel(string path, byte* buffer);
}
