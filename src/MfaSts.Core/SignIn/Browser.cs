using System.ComponentModel;
using System.Diagnostics;

namespace MfaSts.SignIn;

/// <summary>The user's browser, as the system opens it.</summary>
internal static class Browser
{
    // Not waited for: without a browser that runs already, xdg-open may stay until the new one is closed. Its words are not ours.
    private const string Script =
        "exec >/dev/null 2>&1 </dev/null; command -v xdg-open && exec xdg-open \"$1\"; [ \"$BROWSER\" ] && exec \"$BROWSER\" \"$1\"; "
            + "exit 127";

    /// <summary>Opens an address, which every user of this machine may see.</summary>
    /// <returns>The process that does it; null where it is done at once.</returns>
    /// <exception cref="Win32Exception">There is none.</exception>
    public static Process? Start(Uri address)
    {
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true }
            : OperatingSystem.IsMacOS()
            ? new ProcessStartInfo("/usr/bin/open", [address.AbsoluteUri])
            : new ProcessStartInfo("/bin/sh", ["-c", Script, "mfasts", address.AbsoluteUri]);
        if (!start.UseShellExecute)
        {
            // A browser outlives the session, and needs no key.
            foreach (string name in start.Environment.Keys.Where(IsOfAws).ToList())
            {
                start.Environment.Remove(name);
            }
        }

        return Process.Start(start);
    }

    private static bool IsOfAws(string variable) => variable.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase);
}
