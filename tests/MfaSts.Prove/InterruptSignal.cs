using System.Runtime.InteropServices;

namespace MfaSts.Prove;

/// <summary>
/// SIGINT as a person's shell leaves it. Whoever runs the proof in the background may have it ignored, children inherit that, and mfasts
/// then rightly goes on at Ctrl+C.
/// </summary>
internal static partial class InterruptSignal
{
    private const int Number = 2;
    private const nint Default = 0;

    /// <summary>Ends the ignoring of SIGINT, for this process and for those that it starts.</summary>
    public static void TakeUsualDisposition()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Signal(Number, Default);
        }
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int number, nint handler);
}
