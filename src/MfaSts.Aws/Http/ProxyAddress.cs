using System.Net;

namespace MfaSts.Aws;

/// <summary>A proxy's address as people write it into a variable, with a user and a password that they seldom encode.</summary>
/// <param name="Uri">The address without user and password.</param>
/// <param name="Credential">User and password, or null.</param>
internal sealed record ProxyAddress(Uri Uri, NetworkCredential? Credential)
{
    private static readonly Dictionary<string, string> Schemes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["http"] = "http",
        ["https"] = "https",
        ["socks4"] = "socks4",
        ["socks4a"] = "socks4a",
        ["socks5"] = "socks5",
        ["socks5h"] = "socks5",
        ["socks"] = "socks5",
    };

    // What ends the host's part of an address, or is taken for a slash.
    private const string MustBeEncoded = "\\#/?";

    /// <summary>Reads one. The last @ is the border between password and host, as it is for urllib3.</summary>
    /// <returns>Null when it is none; and then, if that is what is wrong with it, which characters of user or password must be written
    /// otherwise.</returns>
    public static (ProxyAddress? Address, string? Hint) Parse(string value)
    {
        // Without a scheme, with or without the slashes, it is an HTTP proxy: botocore, ProxyConfiguration._fix_proxy_url.
        string whole = value.StartsWith("//", StringComparison.Ordinal) ? "http:" + value : value;
        int slashes = whole.IndexOf("://", StringComparison.Ordinal);
        string given = slashes < 0 ? "http" : whole[..slashes];
        string rest = slashes < 0 ? whole : whole[(slashes + 3)..];
        int at = rest.LastIndexOf('@');
        string user = at < 0 ? string.Empty : rest[..at];
        if (Hint(user) is { } hint)
        {
            return (null, hint);
        }

        bool isAddress = Schemes.TryGetValue(given, out string? scheme)
            & Uri.TryCreate($"{scheme ?? "http"}://{rest[(at + 1)..]}", UriKind.Absolute, out var uri)
                && uri is { Host.Length: > 0, UserInfo.Length: 0 };
        return isAddress
            ? (new ProxyAddress(new Uri(uri!.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)), Split(user)), null)
            : (null, null);
    }

    // Names the characters, never the value.
    private static string? Hint(string user)
    {
        var found = MustBeEncoded.Where(c => user.Contains(c, StringComparison.Ordinal)).Select(c => $"{c} as {Uri.HexEscape(c)}").ToList();
        return found.Count == 0 ? null : $"In its user name and password write {string.Join(" and ", found)}.";
    }

    private static NetworkCredential? Split(string user)
    {
        if (user.Length == 0)
        {
            return null;
        }

        string[] parts = user.Split(':', 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : string.Empty);
    }
}
