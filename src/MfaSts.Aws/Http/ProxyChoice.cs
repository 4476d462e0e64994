using System.Net;

namespace MfaSts.Aws;

/// <summary>
/// The proxy for one address, from the variables as they are now. <see cref="HttpClient.DefaultProxy"/> reads them once per process, so a shell that sets
/// or clears one later would be ignored.
/// </summary>
/// <remarks>
/// Lower-case names win, as with curl and Python. ALL_PROXY stands in for both schemes. Unlike botocore, which asks NO_PROXY alone, and like Go's tools, a
/// loopback address is never sent to a proxy: the proxy would look for it on its own machine, and a code would travel there for nothing.
/// </remarks>
internal sealed class ProxyChoice
{
    private static readonly string[] Schemes = ["http", "https", "socks4", "socks4a", "socks5"];

    private ProxyChoice(Uri? address, NetworkCredential? credential, bool useSystem)
    {
        Address = address;
        Credential = credential;
        UseSystem = useSystem;
    }

    /// <summary>The proxy's address without user and password, or null for none.</summary>
    public Uri? Address { get; }

    /// <summary>The user and password that stood in the variable, or null.</summary>
    public NetworkCredential? Credential { get; }

    /// <summary>True when no variable says anything, so that the system's own settings (Windows, macOS) may speak.</summary>
    public bool UseSystem { get; }

    /// <summary>True for an HTTP proxy, which takes its password in a header; a SOCKS proxy takes it before any request.</summary>
    public bool SpeaksHttp => Address?.Scheme is "http" or "https";

    private static ProxyChoice Direct { get; } = new(null, null, useSystem: false);

    private static ProxyChoice System { get; } = new(null, null, useSystem: true);

    /// <summary>Chooses.</summary>
    /// <param name="target">The address to be called.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="invalid">Makes the exception for a variable, named, whose value is no address.</param>
    public static ProxyChoice For(Uri target, Func<string, string?> variable, Func<string, Exception> invalid)
    {
        if (target.IsLoopback)
        {
            return Direct;
        }

        string[] names = [$"{target.Scheme}_proxy", $"{target.Scheme.ToUpperInvariant()}_PROXY", "all_proxy", "ALL_PROXY"];
        string? name = names.FirstOrDefault(n => !string.IsNullOrWhiteSpace(variable(n)));
        if (name is null)
        {
            return System;
        }

        var exceptions = new NoProxyList(FirstSet(variable, "no_proxy", "NO_PROXY"));
        return exceptions.Contains(target) ? Direct : Parse(variable(name)!.Trim()) ?? throw invalid(name);
    }

    private static string? FirstSet(Func<string, string?> variable, string first, string second) =>
        string.IsNullOrEmpty(variable(first)) ? variable(second) : variable(first);

    private static ProxyChoice? Parse(string value)
    {
        string text = value.Contains("://", StringComparison.Ordinal) ? value : "http://" + value;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || !Schemes.Contains(uri.Scheme))
        {
            return null;
        }

        string[] user = uri.UserInfo.Split(':', 2);
        var credential = uri.UserInfo.Length == 0
            ? null
            : new NetworkCredential(Uri.UnescapeDataString(user[0]), user.Length > 1 ? Uri.UnescapeDataString(user[1]) : string.Empty);
        return new ProxyChoice(new Uri(uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)), credential, useSystem: false);
    }
}
