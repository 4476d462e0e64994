using System.Runtime.InteropServices;

namespace MfaSts.Platform.Windows;

/// <summary>BY_HANDLE_FILE_INFORMATION.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly struct FileInformation
{
    public readonly FileAttributes Attributes;
    public readonly long Created;
    public readonly long Read;
    public readonly long Written;
    public readonly uint Volume;
    public readonly uint SizeHigh;
    public readonly uint SizeLow;
    public readonly uint Links;
    public readonly uint IndexHigh;
    public readonly uint IndexLow;
}
