using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace MfaSts.Stores;

/// <summary>
/// Where the user's session bus is. Not left to the D-Bus client: that one would ask the X server, and does not look where systemd puts
/// the socket, which is there
/// for ssh and cron as well.
/// </summary>
internal static partial class BusAddress
{
    /// <summary>The address, or null when there is no bus.</summary>
    /// <param name="variable">Gives an environment variable.</param>
    public static string? Find(Func<string, string?> variable)
    {
        if (variable("DBUS_SESSION_BUS_ADDRESS") is { Length: > 0 } address)
        {
            return address;
        }

        string?[] folders = [variable("XDG_RUNTIME_DIR"), string.Create(CultureInfo.InvariantCulture, $"/run/user/{EffectiveUser()}")];
        string? socket =
            folders.Where(folder => !string.IsNullOrEmpty(folder)).Select(folder => Path.Combine(folder!, "bus"))
                .FirstOrDefault(File.Exists);
        return socket is null ? null : "unix:path=" + Escape(socket);
    }

    // D-Bus specification, "Server addresses": what may stand as it is.
    private static string Escape(string path)
    {
        var text = new StringBuilder();
        foreach (byte b in Encoding.UTF8.GetBytes(path))
        {
            bool isPlain = char.IsAsciiLetterOrDigit((char)b) || "-_/.\\*".Contains((char)b, StringComparison.Ordinal);
            text.Append(isPlain ? ((char)b).ToString() : string.Create(CultureInfo.InvariantCulture, $"%{b:x2}"));
        }

        return text.ToString();
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
