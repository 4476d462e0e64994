using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace MfaSts.Cli.Terminal;

/// <summary>
/// Standard streams that the caller has closed (<c>>&amp;-</c>). The next file to be opened would take a closed one's number, and what is
/// meant for the caller would be written into it.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static partial class StandardStreams
{
    private const int ReadOnly = 0;
    private const int WriteOnly = 1;
    private const int GetFlags = 1;

    /// <summary>Puts something in their places that cannot be read, or not be written.</summary>
    public static void Occupy()
    {
        for (int stream = 0; stream <= 2; stream++)
        {
            // The lowest free number is the one that is given.
            if (Control(stream, GetFlags) < 0)
            {
                _ = Open("/dev/null", stream == 0 ? WriteOnly : ReadOnly);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
