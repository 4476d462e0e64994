using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace MfaSts.Loopback;

/// <summary>
/// A server for small answers to programs of this machine, on 127.0.0.1 and a port that the system chooses. Whatever a client sends or does
/// not send, the others are served: a head is at most 8 KB, a connection lives 5 seconds at most, and of more than 256 the oldest goes. No
/// body is read, and each connection serves one request.
/// </summary>
/// <remarks>
/// Not HttpListener, which cannot bind to a free port, never drops a client that stops, and decodes paths; nor Kestrel, which needs
/// ASP.NET Core and 2 MB.
/// </remarks>
/// <param name="listener">From <see cref="Listen"/>. It is closed when the server ends.</param>
/// <param name="answer">Answers a request, at once. It is called on several threads.</param>
internal sealed class LoopbackServer(Socket listener, Func<LoopbackRequest, IPEndPoint, LoopbackAnswer> answer)
{
    private const int MostBytes = 8 * 1024;
    private const int MostConnections = 256;
    private const int Backlog = 512;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(20);

    private readonly LinkedList<Socket> _open = new();

    /// <summary>A socket that listens; its clients wait until it is served.</summary>
    public static Socket Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Elsewhere a port in use is nobody else's anyway.
            if (OperatingSystem.IsWindows())
            {
                listener.ExclusiveAddressUse = true;
            }

            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen(Backlog);
            return listener;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>What a client's Host header must say, and so where it is found.</summary>
    public static string HostOf(Socket listener) => ((IPEndPoint)listener.LocalEndPoint!).ToString();

    /// <summary>Serves until it is told to stop, or has given its last answer.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                // The connection outlives this turn: it closes itself.
                _ = ServeAsync(await AcceptAsync(stop).ConfigureAwait(false), stop);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // Told to, or after the last answer.
        }
        finally
        {
            listener.Dispose();
            CloseAll();
        }
    }

    private async Task<Socket> AcceptAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return await listener.AcceptAsync(stop).ConfigureAwait(false);
            }
            catch (SocketException)
            {
                // A client that has gone already, or no descriptor is left for it: the next one may be served.
                await Task.Delay(PauseAfterFailure, stop).ConfigureAwait(false);
            }
        }
    }

    private async Task ServeAsync(Socket client, CancellationToken stop)
    {
        var place = Enter(client);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(MostBytes);
        bool isLast = false;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(Limit);
            if (await ReadHeadAsync(client, buffer.AsMemory(0, MostBytes), limit.Token).ConfigureAwait(false) is > 0 and var length)
            {
                var given = Answer(buffer.AsSpan(0, length), (IPEndPoint)client.RemoteEndPoint!);
                isLast = given.IsLast;
                await SendAsync(client, given.ToBytes(), limit.Token).ConfigureAwait(false);
                await DrainAsync(client, buffer, limit.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It hung up, took too long, or had to make room.
        }
        finally
        {
            Leave(place);
            client.Dispose();

            // A token was in it.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            if (isLast)
            {
                listener.Dispose();
            }
        }
    }

    private static async Task SendAsync(Socket client, byte[] bytes, CancellationToken limit)
    {
        client.NoDelay = true;
        for (int sent = 0; sent < bytes.Length;)
        {
            sent += await client.SendAsync(bytes.AsMemory(sent), limit).ConfigureAwait(false);
        }

        client.Shutdown(SocketShutdown.Send);
    }

    // To close while the client still sends would reset the connection, and the answer could be lost with it.
    private static async Task DrainAsync(Socket client, byte[] buffer, CancellationToken limit)
    {
        while (await client.ReceiveAsync(buffer, limit).ConfigureAwait(false) > 0)
        {
        }
    }

    private LoopbackAnswer Answer(ReadOnlySpan<byte> head, IPEndPoint client)
    {
        if (!head.EndsWith("\r\n\r\n"u8))
        {
            return LoopbackAnswer.Refusal(431, "HeaderTooLarge", "The request's head has more than 8 KB.");
        }

        return LoopbackRequest.Parse(head) is { } request
            ? answer(request, client)
            : LoopbackAnswer.Refusal(400, "BadRequest", "The request is not one of HTTP/1.1.");
    }

    // The length of the head; of all that was read when its end is not within the limit; 0 when the client has closed before it.
    private static async Task<int> ReadHeadAsync(Socket client, Memory<byte> buffer, CancellationToken limit)
    {
        int length = 0;
        while (length < buffer.Length)
        {
            int count = await client.ReceiveAsync(buffer[length..], limit).ConfigureAwait(false);
            if (count == 0)
            {
                return 0;
            }

            int from = Math.Max(0, length - 3);
            length += count;
            if (buffer.Span[from..length].IndexOf("\r\n\r\n"u8) is >= 0 and var end)
            {
                return from + end + 4;
            }
        }

        return length;
    }

    private LinkedListNode<Socket> Enter(Socket client)
    {
        lock (_open)
        {
            if (_open.Count >= MostConnections)
            {
                _open.First!.Value.Dispose();
                _open.RemoveFirst();
            }

            return _open.AddLast(client);
        }
    }

    private void Leave(LinkedListNode<Socket> place)
    {
        lock (_open)
        {
            if (place.List is not null)
            {
                _open.Remove(place);
            }
        }
    }

    private void CloseAll()
    {
        lock (_open)
        {
            foreach (var client in _open)
            {
                client.Dispose();
            }
        }
    }
}
