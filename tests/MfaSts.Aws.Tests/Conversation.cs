using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MfaSts.Aws.Tests;

/// <summary>One connection, after its request was read.</summary>
internal sealed class Conversation(TcpClient client, Stream stream, string request, CancellationToken stop)
{
    public string Request => request;

    public CancellationToken Stop => stop;

    public async Task SendAsync(string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), stop);

    public Task AnswerAsync(string status, string body, string? headers = null) => SendAsync(Head(status, body, headers) + body);

    /// <summary>Ends the connection as a crashed server does.</summary>
    public void Reset()
    {
        client.LingerState = new LingerOption(true, 0);
        client.Close();
    }

    public Task HoldAsync() => Task.Delay(Timeout.Infinite, stop);

    /// <summary>Becomes a tunnel to another port of this machine, as a proxy does.</summary>
    public async Task RelayAsync(int port)
    {
        using var target = new TcpClient();
        await target.ConnectAsync("127.0.0.1", port, stop);
        await SendAsync("HTTP/1.1 200 Connection established\r\n\r\n");
        var other = target.GetStream();
        await Task.WhenAny(stream.CopyToAsync(other, stop), other.CopyToAsync(stream, stop));
    }

    private const string Close = "Connection: close";

    public static string Head(string status, string body, string? headers = null) => string.Create(
        CultureInfo.InvariantCulture,
        $"HTTP/1.1 {status}\r\nContent-Type: text/xml\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}{Close}\r\n\r\n");
}
