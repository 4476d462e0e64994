using System.Net;
using System.Net.Sockets;
using System.Text;
using MfaSts.Loopback;

namespace MfaSts.Tests.Loopback;

/// <summary>Whatever one client does, the next one is served.</summary>
public sealed class LoopbackServerTests : IAsyncDisposable
{
    private const string Request = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n";

    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Socket _listener = LoopbackServer.Listen();
    private readonly IPEndPoint _place;
    private readonly Task _serving;

    public LoopbackServerTests()
    {
        _place = (IPEndPoint)_listener.LocalEndPoint!;
        var server = new LoopbackServer(
            _listener, (request, _) => new LoopbackAnswer(200, "text/plain", Encoding.Latin1.GetBytes(request.Target)));
        _serving = server.RunAsync(_stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _stop.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public async Task Answer_says_that_nobody_may_keep_it_and_ends_the_connection()
    {
        Assert.Equal(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n/x",
            await SendAsync(Request));
    }

    [Fact]
    public void Only_loopback_is_listened_on() => Assert.Equal(IPAddress.Loopback, _place.Address);

    [Fact]
    public async Task Head_that_comes_byte_by_byte_is_read()
    {
        using var client = await ConnectAsync();
        foreach (byte b in Encoding.Latin1.GetBytes(Request))
        {
            await client.SendAsync(new[] { b });
        }

        Assert.EndsWith("/x", await ReadAsync(client), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8 * 1024)]
    [InlineData(16 * 1024)]
    [InlineData(4 * 1024 * 1024)]
    public async Task Head_of_more_than_8_KB_is_refused(int size)
    {
        string answer = await SendAsync($"GET /x HTTP/1.1\r\nHost: a\r\nX: {new string('x', size)}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 431 ", answer, StringComparison.Ordinal);
        await AssertServesAsync();
    }

    [Fact]
    public async Task Head_of_8_KB_is_served()
    {
        string rest = "\r\n\r\n";
        string head = "GET /x HTTP/1.1\r\nHost: a\r\nX: ";
        string whole = head + new string('x', (8 * 1024) - head.Length - rest.Length) + rest;

        Assert.StartsWith("HTTP/1.1 200 ", await SendAsync(whole), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(4 * 1024 * 1024)]
    public async Task Body_of_any_size_is_not_read_and_the_answer_arrives(int size)
    {
        Assert.EndsWith(
            "/x",
            await SendAsync($"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: {size}\r\n\r\n{new string('x', size)}"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense\r\n\r\n")]
    [InlineData("\x16\x03\x01\x02\x00\x01\x00\r\n\r\n")]
    public async Task What_is_no_request_is_refused(string text)
    {
        Assert.StartsWith("HTTP/1.1 400 ", await SendAsync(text), StringComparison.Ordinal);
        await AssertServesAsync();
    }

    [Fact]
    public async Task Client_that_stops_is_dropped_and_others_are_served_meanwhile()
    {
        var slow = new List<Socket>();
        for (int i = 0; i < 128; i++)
        {
            slow.Add(await ConnectAsync());
            await slow[i].SendAsync("GET /x HT"u8.ToArray());
        }

        await AssertServesAsync();
        foreach (var client in slow)
        {
            Assert.Equal(string.Empty, await ReadAsync(client));
            client.Dispose();
        }
    }

    [Fact]
    public async Task Client_that_does_not_close_is_dropped()
    {
        using var client = await ConnectAsync();
        await client.SendAsync(Encoding.Latin1.GetBytes(Request));
        await ReadAsync(client);

        // It is told so by the system when it writes after the server has closed.
        await Assert.ThrowsAnyAsync<SocketException>(async () =>
        {
            while (true)
            {
                await client.SendAsync("x"u8.ToArray());
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        });
    }

    [Fact]
    public async Task Of_more_than_256_connections_the_oldest_goes()
    {
        var clients = new List<Socket>();
        for (int i = 0; i < 257; i++)
        {
            clients.Add(await ConnectAsync());
        }

        Assert.Equal(string.Empty, await ReadAsync(clients[0]));
        await clients[256].SendAsync(Encoding.Latin1.GetBytes(Request));
        Assert.EndsWith("/x", await ReadAsync(clients[256]), StringComparison.Ordinal);
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Ten_thousand_connections_later_it_serves()
    {
        var open = new Queue<Socket>();
        for (int i = 0; i < 10_000; i++)
        {
            var client = await ConnectAsync();
            if (i % 3 == 0)
            {
                await client.SendAsync("GET"u8.ToArray());
            }

            open.Enqueue(client);
            if (open.Count > 300)
            {
                open.Dequeue().Dispose();
            }
        }

        await AssertServesAsync();
        foreach (var client in open)
        {
            client.Dispose();
        }
    }

    [Fact]
    public async Task Sixty_four_at_once_are_all_served()
    {
        string[] answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => SendAsync(Request)));

        Assert.All(answers, answer => Assert.EndsWith("\r\n\r\n/x", answer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Client_that_resets_disturbs_nobody()
    {
        for (int i = 0; i < 100; i++)
        {
            var client = await ConnectAsync();
            await client.SendAsync(Encoding.Latin1.GetBytes(Request));
            client.LingerState = new LingerOption(true, 0);
            client.Dispose();
        }

        await AssertServesAsync();
    }

    [Fact]
    public async Task When_it_is_stopped_the_port_is_closed()
    {
        await _stop.CancelAsync();
        await _serving;

        await Assert.ThrowsAnyAsync<SocketException>(ConnectAsync);
    }

    private async Task AssertServesAsync() => Assert.EndsWith("\r\n\r\n/x", await SendAsync(Request), StringComparison.Ordinal);

    private async Task<string> SendAsync(string text)
    {
        using var client = await ConnectAsync();
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        for (int sent = 0; sent < bytes.Length;)
        {
            sent += await client.SendAsync(bytes.AsMemory(sent), TestContext.Current.CancellationToken);
        }

        return await ReadAsync(client);
    }

    private async Task<Socket> ConnectAsync()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(_place, TestContext.Current.CancellationToken);
        return client;
    }

    // Until the server closes; empty when it has closed or reset the connection without a word.
    private static async Task<string> ReadAsync(Socket client)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[4096];
        try
        {
            while (await client.ReceiveAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var count)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (SocketException)
        {
            // A reset.
        }

        return text.ToString();
    }
}
