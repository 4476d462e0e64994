using System.Runtime.InteropServices;

namespace MfaSts.Cli.Terminal;

/// <summary>Standard output without .NET's console, whose first write installs signal handlers and starts a thread for them.</summary>
internal static partial class StandardOutput
{
    private const int Descriptor = 1;
    private const int Interrupted = 4;

    private static readonly int TryAgain = OperatingSystem.IsMacOS() ? 35 : 11;

    /// <summary>Writes all bytes.</summary>
    /// <returns>False when that failed.</returns>
    public static bool TryWrite(byte[] bytes)
    {
        var left = bytes.AsSpan();
        while (left.Length > 0)
        {
            nint count = Write(Descriptor, left, left.Length);
            int error = count < 0 ? Marshal.GetLastPInvokeError() : 0;
            if (error == TryAgain)
            {
                // A caller's pipe that does not block, and is full: what is written already must not be written again.
                Thread.Sleep(1);
            }
            else if (error is not (0 or Interrupted))
            {
                return false;
            }

            left = left[(int)Math.Max(count, 0)..];
        }

        return true;
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> buffer, nint count);
}
