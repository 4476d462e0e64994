using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MfaSts.Aws.Tests;

/// <summary>
/// A server on loopback that reads one whole request per connection, counts it, and then does what the script says, byte by byte.
/// </summary>
internal sealed class ScriptedEndpoint : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Conversation, Task> _script;
    private readonly X509Certificate2? _certificate;
    private readonly Task _loop;
    private readonly List<string> _requests = [];
    private int _connections;

    public ScriptedEndpoint(Func<Conversation, Task> script, X509Certificate2? certificate = null)
    {
        _script = script;
        _certificate = certificate;
        _listener.Start();
        _loop = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Url => new(string.Create(CultureInfo.InvariantCulture, $"{(_certificate is null ? "http" : "https")}://127.0.0.1:{Port}"));

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The requests that arrived whole, head and body.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public static ScriptedEndpoint Answering(string status, string body, string? headers = null) =>
        new(c => c.AnswerAsync(status, body, headers));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        var served = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                served.Add(ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var owned = client;
        try
        {
            Stream stream = client.GetStream();
            if (_certificate is not null)
            {
                var tls = new SslStream(stream);
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
                stream = tls;
            }

            string request = await ReadRequestAsync(stream);
            lock (_requests)
            {
                _requests.Add(request);
            }

            await _script(new Conversation(client, stream, request, _stop.Token));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The client went away, which many scripts are about.
        }
    }

    private async Task<string> ReadRequestAsync(Stream stream)
    {
        var text = new StringBuilder();
        byte[] one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            text.Append(await stream.ReadAsync(one, _stop.Token) == 1 ? (char)one[0] : throw new IOException("The request broke off."));
        }

        byte[] body = new byte[ContentLength(text.ToString())];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return text + Encoding.UTF8.GetString(body);
    }

    private static int ContentLength(string head)
    {
        string? line = head.Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return line is null
            ? 0
            : int.Parse(line.AsSpan("Content-Length:".Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
    }
}
