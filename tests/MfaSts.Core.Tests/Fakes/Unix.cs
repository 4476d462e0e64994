using System.Runtime.InteropServices;
using System.Text;

namespace MfaSts.Tests.Fakes;

/// <summary>What the tests need of the C library.</summary>
internal static class Unix
{
    /// <summary>The access control list entry of a file: u::rw-, u:4242:r--, g::---, m::r--, o::---.</summary>
    public static readonly byte[] AccessControlList =
    [
        2, 0, 0, 0,
        1, 0, 6, 0, 255, 255, 255, 255,
        2, 0, 4, 0, 146, 16, 0, 0,
        4, 0, 0, 0, 255, 255, 255, 255,
        16, 0, 4, 0, 255, 255, 255, 255,
        32, 0, 0, 0, 255, 255, 255, 255,
    ];

    public static bool TrySetAttribute(string path, string name, byte[] value) =>
        SetAttribute(Z(path), Z(name), value, value.Length, 0) == 0;

    public static byte[]? Attribute(string path, string name)
    {
        byte[] value = new byte[256];
        nint length = GetAttribute(Z(path), Z(name), value, value.Length);
        return length < 0 ? null : value[..(int)length];
    }

    public static UnixFileMode Mode(string path) =>
        OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : File.GetUnixFileMode(path);

    public static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    public static void HardLink(string from, string to) => Assert.Equal(0, Link(Z(from), Z(to)));

    public static void ChangeOwner(string path, uint user, uint group) => Assert.Equal(0, Chown(Z(path), user, group));

    private static byte[] Z(string text) => [.. Encoding.UTF8.GetBytes(text), 0];

    [DllImport("libc", EntryPoint = "setxattr")]
    private static extern int SetAttribute(byte[] path, byte[] name, byte[] value, nint size, int flags);

    [DllImport("libc", EntryPoint = "getxattr")]
    private static extern nint GetAttribute(byte[] path, byte[] name, byte[] value, nint size);

    [DllImport("libc", EntryPoint = "link")]
    private static extern int Link(byte[] from, byte[] to);

    [DllImport("libc", EntryPoint = "chown")]
    private static extern int Chown(byte[] path, uint user, uint group);
}
