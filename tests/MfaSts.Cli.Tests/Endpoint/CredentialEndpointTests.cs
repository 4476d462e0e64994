using System.Net;
using System.Net.Sockets;
using System.Text;
using MfaSts.Cli.Endpoint;
using MfaSts.Cli.Tests.Support;
using MfaSts.Loopback;
using MfaSts.Sessions;

namespace MfaSts.Cli.Tests.Endpoint;

public sealed class CredentialEndpointTests : IAsyncDisposable
{
    private const string Token = "0123456789abcdef";

    private readonly ProgramUnderTest _program = new();
    private readonly StringWriter _error = new();
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Socket _listener = LoopbackServer.Listen();
    private readonly string _host;
    private Task _serving = Task.CompletedTask;

    public CredentialEndpointTests() => _host = LoopbackServer.HostOf(_listener);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _stop.Dispose();
        _listener.Dispose();
        _error.Dispose();
        _program.Dispose();
    }

    [Fact]
    public async Task Keys_are_given_for_host_token_and_path()
    {
        var expiration = _program.Store(TimeSpan.FromHours(1));
        Serve("prod");

        Assert.Equal(
            "200 {\"AccessKeyId\":\"ASIASTORED0000000001\",\"SecretAccessKey\":\"stored-secret+/x\",\"Token\":\"stored-token+/=\","
                + $"\"Expiration\":\"{TestHome.Text(expiration)}\"}}",
            await AskAsync());
    }

    [Theory]
    [InlineData("evil.example", "GET", "/prod", Token, 400)]
    [InlineData("127.0.0.1", "GET", "/prod", Token, 400)]
    [InlineData("localhost", "GET", "/prod", Token, 400)]
    [InlineData(null, "POST", "/prod", Token, 405)]
    [InlineData(null, "get", "/prod", Token, 405)]
    [InlineData(null, "HEAD", "/prod", Token, 405)]
    [InlineData(null, "OPTIONS", "*", Token, 405)]
    [InlineData(null, "GET", "/prod", null, 401)]
    [InlineData(null, "GET", "/absent", null, 401)]
    [InlineData(null, "GET", "/prod", "", 401)]
    [InlineData(null, "GET", "/prod", "0123456789abcdeF", 401)]
    [InlineData(null, "GET", "/prod", "0123456789abcde", 401)]
    [InlineData(null, "GET", "/prod", "0123456789abcdef0", 401)]
    [InlineData(null, "GET", "/prod", "Bearer 0123456789abcdef", 401)]
    [InlineData(null, "GET", "/", Token, 404)]
    [InlineData(null, "GET", "/absent", Token, 404)]
    [InlineData(null, "GET", "/prod/", Token, 404)]
    [InlineData(null, "GET", "/prod?x", Token, 404)]
    [InlineData(null, "GET", "/Prod", Token, 404)]
    [InlineData(null, "GET", "//prod", Token, 404)]
    [InlineData(null, "GET", "/%70rod", Token, 404)]
    [InlineData(null, "GET", "/a/../prod", Token, 404)]
    [InlineData(null, "GET", "/../../etc/passwd", Token, 404)]
    [InlineData(null, "GET", "http://127.0.0.1/prod", Token, 404)]
    public async Task Whatever_else_is_refused_and_no_key_leaves(string? host, string method, string path, string? token, int status)
    {
        _program.Store(TimeSpan.FromHours(1));
        Serve("prod");

        string answer = await AskAsync(path, token, method, host);

        Assert.StartsWith($"{status} {{\"code\":\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("stored-", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, answer, StringComparison.Ordinal);
        Assert.StartsWith("200 ", await AskAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_token_every_path_looks_alike()
    {
        _program.Store(TimeSpan.FromHours(1));
        Serve("prod");

        Assert.Equal(await AskAsync("/prod", "wrong"), await AskAsync("/absent", "wrong"));
    }

    [Fact]
    public async Task Each_profile_has_a_path_of_its_own()
    {
        var expiration = _program.Clock.GetUtcNow().AddHours(1);
        _program.Home.Credentials = TestHome.Session("prod", expiration) + TestHome.Session("a/b c", expiration, "ASIASTORED0000000002");
        Serve("prod", "a/b c");

        Assert.Equal($"http://{_host}/a%2Fb%20c", CredentialEndpoint.AddressOf(_listener, "a/b c"));
        Assert.Contains("ASIASTORED0000000001", await AskAsync(), StringComparison.Ordinal);
        Assert.Contains("ASIASTORED0000000002", await AskAsync("/a%2Fb%20c"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_less_than_a_minute_left_the_answer_says_what_to_type()
    {
        _program.Store(TimeSpan.FromSeconds(61));
        Serve("prod");
        Assert.StartsWith("200 ", await AskAsync(), StringComparison.Ordinal);

        _program.Clock.Advance(TimeSpan.FromSeconds(1));

        string answer = await AskAsync();
        Assert.StartsWith(
            "503 {\"code\":\"SessionExpired\",\"message\":\"The session of profile 'prod' expired at ", answer, StringComparison.Ordinal);
        Assert.EndsWith("Get a new one with: mfasts login prod\"}", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_that_another_process_stores_is_given_from_then_on()
    {
        _program.Store(TimeSpan.FromMinutes(2));
        Serve("prod");
        _program.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.StartsWith("503 ", await AskAsync(), StringComparison.Ordinal);

        _program.Home.Credentials = TestHome.Session("prod", _program.Clock.GetUtcNow().AddHours(1), "ASIASTORED0000000002");

        await UntilAsync("ASIASTORED0000000002");
    }

    [Fact]
    public async Task Session_is_renewed_ahead_by_the_mfa_process_and_nobody_is_asked()
    {
        _program.Store(TimeSpan.FromMinutes(20));
        _program.ConfigureCodeCommand();
        _program.Terminal.Absence = null;
        Serve("prod");

        await UntilAsync("ASIANEW0000000000001");

        Assert.Equal((1, 1), (_program.CodeCommandRuns, _program.Sts.Calls.Count));
        Assert.Empty(_program.Terminal.Prompts);
        Assert.Equal(string.Empty, _error.ToString());
    }

    [Fact]
    public async Task Role_is_taken_again_while_its_sources_session_lives()
    {
        _program.Home.Credentials = TestHome.LongTerm("prod");
        _program.Home.Config = "[profile admin]\nrole_arn = arn:aws:iam::210987654321:role/Admin\nsource_profile = prod\n";
        _program.Terminal.WillAnswer("123456");
        Serve("admin");
        Assert.Contains("ASIAROLE000000000001", await AskAsync("/admin"), StringComparison.Ordinal);

        _program.Clock.Advance(TimeSpan.FromMinutes(40));

        await UntilAsync("ASIAROLE000000000002", "/admin");
        Assert.Equal((1, 2), (_program.Sts.Calls.Count, _program.Sts.RoleCalls.Count));
    }

    [Fact]
    public async Task While_renewal_fails_the_old_session_is_given_and_the_words_are_said_once()
    {
        _program.Store(TimeSpan.FromMinutes(20));
        _program.ConfigureCodeCommand("exit 3");
        Serve("prod");
        while (_program.CodeCommandRuns == 0)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.StartsWith("200 ", await AskAsync(), StringComparison.Ordinal);
        _program.Clock.Advance(TimeSpan.FromMinutes(19.5));
        string answer = string.Empty;
        while (!answer.StartsWith("503 {\"code\":\"CodeProcessFailed\"", StringComparison.Ordinal)
            || !_error.ToString().Contains("expired", StringComparison.Ordinal))
        {
            answer = await AskAsync();
        }

        for (int i = 0; i < 20; i++)
        {
            await AskAsync();
        }

        await _stop.CancelAsync();
        await _serving;
        string[] lines = _error.ToString().TrimEnd().Split(Environment.NewLine);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("warning: The session was not renewed: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("warning: The session of profile 'prod' expired at ", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_only_a_person_can_give_the_next_code_that_is_said_ahead_once()
    {
        _program.Store(TimeSpan.FromMinutes(19));
        _program.Terminal.Absence = null;
        Serve("prod");

        while (_error.ToString().Length == 0)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await _stop.CancelAsync();
        await _serving;
        Assert.Equal(
            "warning: The session of profile 'prod' expires in 19m, and the next one needs an MFA code. Get it in another shell with: "
                + "mfasts login prod" + Environment.NewLine,
            _error.ToString());
        Assert.Empty(_program.Terminal.Prompts);
    }

    private void Serve(params string[] profiles)
    {
        var messages = new Messages(_error, isQuiet: false, isVerbose: false);
        var host = _program.Host(Stream.Null, _error);
        var keepers = profiles.Select(profile =>
        {
            var request = new SessionRequest { Profile = profile };
            var session = new SessionSource(host, messages).Get(
                request.With(TimeSpan.FromSeconds(30)), tokenCode: null, isExplicit: true, TestContext.Current.CancellationToken);
            return new SessionKeeper(host, messages, request, session);
        });
        _serving = new CredentialEndpoint(_listener, Token, keepers.ToList()).RunAsync(_stop.Token);
    }

    private async Task UntilAsync(string accessKeyId, string path = "/prod")
    {
        while (!(await AskAsync(path)).Contains(accessKeyId, StringComparison.Ordinal))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    // The status and the body.
    private async Task<string> AskAsync(string path = "/prod", string? token = Token, string method = "GET", string? host = null)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPEndPoint.Parse(_host));
        var stream = client.GetStream();
        string authorization = token is null ? string.Empty : $"Authorization: {token}\r\n";
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"{method} {path} HTTP/1.1\r\nHost: {host ?? _host}\r\n{authorization}\r\n"));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        string answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        return $"{answer.Split(' ')[1]} {answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]}";
    }
}
