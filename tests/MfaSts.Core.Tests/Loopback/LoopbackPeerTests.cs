using System.Net;
using System.Net.Sockets;
using MfaSts.Loopback;

namespace MfaSts.Tests.Loopback;

public sealed class LoopbackPeerTests
{
    private const string Head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";

    [Theory]
    [InlineData("   0: 0100007F:1F90 0100007F:01BB 01 00000000:00000000 00:00000000 00000000  1000        0 1", 1000u)]
    [InlineData(
        "   0: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000100007F:01BB 01 0:0 00:0 00000000  1001 0 1", 1001u)]
    [InlineData("   0: 0100007F:01BB 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 1", null)]
    [InlineData("   0: 0100007F:1F91 0100007F:01BB 01 00000000:00000000 00:00000000 00000000  1000        0 1", null)]
    [InlineData("   0: 0200007F:1F90 0100007F:01BB 01 00000000:00000000 00:00000000 00000000  1000        0 1", null)]
    [InlineData("nonsense", null)]
    public void User_is_that_of_the_clients_end(string line, uint? user)
    {
        Assert.SkipUnless(BitConverter.IsLittleEndian, "the lines are of such a machine");

        Assert.Equal(user, LoopbackPeer.UserOf([Head, line], IPEndPoint.Parse("127.0.0.1:8080"), IPEndPoint.Parse("127.0.0.1:443")));
    }

    [Theory]
    [InlineData(AddressFamily.InterNetwork, "127.0.0.1")]
    [InlineData(AddressFamily.InterNetworkV6, "::ffff:127.0.0.1")]
    public async Task Own_connection_is_this_users(AddressFamily family, string address)
    {
        using var listener = LoopbackServer.Listen();
        var place = (IPEndPoint)listener.LocalEndPoint!;
        using var client = new Socket(family, SocketType.Stream, ProtocolType.Tcp);
        if (family == AddressFamily.InterNetworkV6)
        {
            client.DualMode = true;
        }

        await client.ConnectAsync(new IPEndPoint(IPAddress.Parse(address), place.Port), TestContext.Current.CancellationToken);
        using var accepted = await listener.AcceptAsync(TestContext.Current.CancellationToken);

        Assert.True(LoopbackPeer.IsOfThisUser((IPEndPoint)accepted.RemoteEndPoint!, place));
    }

    [Fact]
    public void Connection_that_is_not_there_is_not()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells");

        Assert.False(LoopbackPeer.IsOfThisUser(new IPEndPoint(IPAddress.Loopback, 1), new IPEndPoint(IPAddress.Loopback, 2)));
    }
}
