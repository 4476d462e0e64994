using System.Net;
using System.Net.Sockets;

namespace MfaSts.Prove.Sts;

/// <summary>A server that takes connections and closes them without reading.</summary>
internal sealed class SlammingDoor : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _loop;

    public SlammingDoor(Action<TcpClient> meet)
    {
        _listener.Start();
        _loop = Task.Run(() =>
        {
            try
            {
                while (true)
                {
                    using var client = _listener.AcceptTcpClient();
                    meet(client);
                }
            }
            catch (Exception e) when (e is SocketException or InvalidOperationException or ObjectDisposedException)
            {
                // It was stopped.
            }
        });
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        _listener.Dispose();
        await _loop;
    }
}
