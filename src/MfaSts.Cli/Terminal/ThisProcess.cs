namespace MfaSts.Cli.Terminal;

/// <summary>The system that this program runs on, chosen once.</summary>
internal static class ThisProcess
{
    /// <summary>What differs by system, as it is here.</summary>
    public static IProcessSystem System { get; } = OperatingSystem.IsWindows() ? new WindowsProcess() : new UnixProcess();
}
