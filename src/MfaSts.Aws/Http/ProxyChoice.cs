using System.Net;

namespace MfaSts.Aws;

/// <summary>
/// The proxy for one address, from the variables as they are now. <see cref="HttpClient.DefaultProxy"/> reads them once per process, so a
/// shell that sets or clears one later would be ignored.
/// </summary>
/// <remarks>
/// Lower-case names win, as with curl and Python. ALL_PROXY stands in for both schemes, as for curl and Go's tools; desktops set it for all
/// programs in forms that not every program knows, and botocore does not look at it, so one that cannot be used is passed over.
/// <c>socks5h</c> is curl's and Go's name for SOCKS 5 with names resolved by the proxy, which is what .NET's <c>socks5</c> does;
/// <c>socks</c> is GNOME's for any version. Unlike botocore, which asks NO_PROXY alone, and like Go's tools, a loopback address is never
/// sent to a proxy: the proxy would look for it on its own machine, and a code would travel there for nothing.
/// </remarks>
internal sealed class ProxyChoice
{
    private const string All = "ALL_PROXY";

    private ProxyChoice(Uri? address, NetworkCredential? credential, bool useSystem)
    {
        Address = address;
        Credential = credential;
        UseSystem = useSystem;
    }

    /// <summary>The variable that was passed over since its value is no proxy's address, or null.</summary>
    public string? PassedOver { get; private init; }

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
    /// <param name="invalid">Makes the exception for a variable, named, whose value is no address, with what to write otherwise.</param>
    public static ProxyChoice For(Uri target, Func<string, string?> variable, Func<string, string?, Exception> invalid)
    {
        if (target.IsLoopback)
        {
            return Direct;
        }

        string[] names = [$"{target.Scheme}_proxy", $"{target.Scheme.ToUpperInvariant()}_PROXY", "all_proxy", All];
        string? name = names.FirstOrDefault(n => !string.IsNullOrWhiteSpace(variable(n)));
        if (name is null)
        {
            return System;
        }

        if (new NoProxyList(FirstSet(variable, "no_proxy", "NO_PROXY")).Contains(target))
        {
            return Direct;
        }

        var (address, hint) = ProxyAddress.Parse(variable(name)!.Trim());
        if (address is not null)
        {
            return new ProxyChoice(address.Uri, address.Credential, useSystem: false);
        }

        bool isForAll = name.Equals(All, StringComparison.OrdinalIgnoreCase) && hint is null;
        return isForAll ? new ProxyChoice(null, null, useSystem: false) { PassedOver = name } : throw invalid(name, hint);
    }

    private static string? FirstSet(Func<string, string?> variable, string first, string second) =>
        string.IsNullOrEmpty(variable(first)) ? variable(second) : variable(first);
}
