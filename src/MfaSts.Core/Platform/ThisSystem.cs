namespace MfaSts.Platform;

/// <summary>The system that this process runs on, chosen once.</summary>
internal static class ThisSystem
{
    /// <summary>What differs by system, as it is here.</summary>
    public static IPlatform Platform { get; } = OperatingSystem.IsWindows() ? new Windows.WindowsPlatform() : new Unix.UnixPlatform();
}
