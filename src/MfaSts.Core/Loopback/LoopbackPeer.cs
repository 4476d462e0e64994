using System.Globalization;
using System.Net;
using MfaSts.Platform.Unix;

namespace MfaSts.Loopback;

/// <summary>Whose a connection from this machine is.</summary>
internal static class LoopbackPeer
{
    // proc(5): connections over IPv4, and those of sockets for IPv6 that speak to an address of IPv4.
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>
    /// Whether the client is this user's. One that the system does not know is not. True where the system does not tell: on Windows, macOS,
    /// and where there is no /proc.
    /// </summary>
    /// <param name="client">The client's end.</param>
    /// <param name="server">Our end.</param>
    public static bool IsOfThisUser(IPEndPoint client, IPEndPoint server) =>
        !OperatingSystem.IsLinux() || !File.Exists(Tables[0])
        || UserOf(Tables.Where(File.Exists).SelectMany(File.ReadLines), client, server) == LibC.EffectiveUser();

    /// <summary>The user of a client's socket, or null.</summary>
    internal static uint? UserOf(IEnumerable<string> table, IPEndPoint client, IPEndPoint server)
    {
        (string local, string remote) = (Written(client), Written(server));
        foreach (string line in table)
        {
            // sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid …
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 7 && IsEnd(fields[1], local) && IsEnd(fields[2], remote)
                && uint.TryParse(fields[7], NumberStyles.None, CultureInfo.InvariantCulture, out uint user))
            {
                return user;
            }
        }

        return null;
    }

    // As it is, or as an address of IPv6 that means one of IPv4 (::ffff:127.0.0.1).
    private static bool IsEnd(string field, string written) => field == written || field == "0000000000000000FFFF0000" + written;

    // The address as the processor holds it, and the port.
    private static string Written(IPEndPoint end) =>
        string.Create(CultureInfo.InvariantCulture, $"{BitConverter.ToUInt32(end.Address.GetAddressBytes()):X8}:{end.Port:X4}");
}
