using System.Collections.Concurrent;

namespace MfaSts.PowerShell.Hosting;

/// <summary>The warnings that this process has given.</summary>
internal static class OnceGiven
{
    private static readonly ConcurrentDictionary<string, bool> Given = new();

    public static bool TryAdd(string warning) => Given.TryAdd(warning, true);
}
