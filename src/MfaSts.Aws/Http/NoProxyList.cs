using System.Net;

namespace MfaSts.Aws;

/// <summary>
/// NO_PROXY: hosts that are called directly, parted by commas or blanks. A name stands for itself and all below it, with or without a
/// leading dot or "*."; "*" stands for all; a port narrows an entry; an address may be a network (10.0.0.0/8).
/// </summary>
internal sealed class NoProxyList(string? text)
{
    private static readonly char[] Separators = [',', ' ', '\t'];

    private readonly string[] _entries = (text ?? string.Empty).Split(
        Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public bool Contains(Uri target) => _entries.Any(entry => Covers(entry, target));

    private static bool Covers(string entry, Uri target)
    {
        if (entry == "*")
        {
            return true;
        }

        string host = target.IdnHost;
        if (IPAddress.TryParse(host, out var address))
        {
            return CoversAddress(entry, address, target.Port);
        }

        int colon = entry.LastIndexOf(':');
        if (colon >= 0 && !IsPort(entry[(colon + 1)..], target.Port))
        {
            return false;
        }

        string name = (colon >= 0 ? entry[..colon] : entry).TrimStart('*').TrimStart('.');
        return name.Length > 0
            && (host.Equals(name, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + name, StringComparison.OrdinalIgnoreCase));
    }

    private static bool CoversAddress(string entry, IPAddress address, int port)
    {
        if (IPNetwork.TryParse(entry, out var network))
        {
            return network.Contains(address);
        }

        return IPEndPoint.TryParse(entry, out var single)
            && single.Address.Equals(address)
            && (single.Port == 0 || single.Port == port);
    }

    private static bool IsPort(string text, int port) => int.TryParse(text, out int number) && number == port;
}
