using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Platform.Unix;

/// <summary>The terminal that this process belongs to, whatever its standard streams are.</summary>
internal static class ControllingTerminal
{
    private const string Device = "/dev/tty";

    // Linux's numbers of pseudo-terminals (admin-guide/devices.txt): 136 to 143, of 256 each.
    private const int FirstPseudoTerminal = 136;
    private const int LastPseudoTerminal = 143;

    /// <summary>
    /// A command of ours may read from it: this process is in its foreground. Otherwise the first read would stop the command and us
    /// with it (SIGTTIN), and whoever
    /// waits for us would wait for ever.
    /// </summary>
    public static bool IsOurs()
    {
        int descriptor = LibC.Open(Device, LibC.CloseOnExec | LibC.NoControllingTerminal);
        if (descriptor < 0)
        {
            return false;
        }

        using var terminal = new SafeFileHandle(descriptor, ownsHandle: true);
        return LibC.ForegroundGroup(terminal) == LibC.OwnGroup();
    }

    /// <summary>The real name of the terminal, by which other processes can open it; or null when it is not known.</summary>
    public static string? Name() => OfStatus() ?? (Environment.GetEnvironmentVariable("SSH_TTY") is { Length: > 0 } name ? name : null);

    /// <summary>The terminal on standard error, by its name below /dev; or null.</summary>
    public static string? OfStandardError()
    {
        // Not everywhere is /proc mounted.
        const string standardError = "/proc/self/fd/2";
        return OperatingSystem.IsLinux() && Path.Exists(standardError)
            && File.ResolveLinkTarget(standardError, returnFinalTarget: false)?.FullName is { } target
            && target.StartsWith("/dev/", StringComparison.Ordinal) && target != "/dev/null"
                ? target["/dev/".Length..]
                : null;
    }

    // proc(5): the seventh field, counted behind the program's name, which may hold anything.
    private static string? OfStatus()
    {
        const string status = "/proc/self/stat";
        if (!File.Exists(status))
        {
            return null;
        }

        string text = File.ReadAllText(status);
        string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        int number = int.Parse(fields[4], CultureInfo.InvariantCulture);
        int major = (number >> 8) & 0xfff, minor = (number & 0xff) | ((number >> 12) & 0xfff00);
        return major is >= FirstPseudoTerminal and <= LastPseudoTerminal
            ? string.Create(CultureInfo.InvariantCulture, $"/dev/pts/{((major - FirstPseudoTerminal) * 256) + minor}")
            : null;
    }
}
