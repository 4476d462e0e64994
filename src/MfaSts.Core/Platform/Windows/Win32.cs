using System.Runtime.InteropServices;

namespace MfaSts.Platform.Windows;

/// <summary>Win32's error numbers and what they mean to a file that others have open.</summary>
internal static class Win32
{
    public const int InvalidFunction = 1;
    public const int FileNotFound = 2;
    public const int PathNotFound = 3;
    public const int AccessDenied = 5;
    public const int WriteProtected = 19;
    public const int SharingViolation = 32;
    public const int LockViolation = 33;
    public const int HandleDiskFull = 39;
    public const int NotSupported = 50;
    public const int FileExists = 80;
    public const int InvalidParameter = 87;
    public const int DiskFull = 112;
    public const int AlreadyExists = 183;
    public const int DeletePending = 303;
    public const int UserMappedSection = 1224;
    public const int QuotaExceeded = 1295;

    private const int FacilityWin32 = unchecked((int)0x80070000);

    /// <summary>The error number in an exception, or 0.</summary>
    public static int ErrorOf(Exception failure) =>
        (failure.HResult & 0xFFFF0000) == (FacilityWin32 & 0xFFFF0000) ? failure.HResult & 0xFFFF : 0;

    /// <summary>Somebody else has the file open, and will not for ever.</summary>
    public static bool IsInUse(int error) => error is SharingViolation or LockViolation or DeletePending or UserMappedSection;

    /// <summary>The failure of a call, as .NET's own calls throw it.</summary>
    public static Exception Failure(int error, string path) => error switch
    {
        FileNotFound => new FileNotFoundException("there is no such file", path),
        PathNotFound => new DirectoryNotFoundException("there is no such folder"),
        AccessDenied => new UnauthorizedAccessException("access is denied"),
        _ => new IOException(Marshal.GetPInvokeErrorMessage(error), FacilityWin32 | error),
    };
}
