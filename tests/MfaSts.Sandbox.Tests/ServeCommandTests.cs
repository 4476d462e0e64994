using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using MfaSts.Sandbox.Tests.Support;

namespace MfaSts.Sandbox.Tests;

public sealed partial class ServeCommandTests
{
    [Fact]
    public async Task RunAsync_shows_how_to_reach_it_then_each_code_and_ends_when_told()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromMinutes(10));
        var clock = new SettableClock();
        clock.Advance(TimeSpan.FromSeconds(29.9));
        await using var output = new LineWriter();

        var run = ServeCommand.RunAsync([], output, TextWriter.Null, clock, stop.Token);
        string intro = await output.ReadAsync(stop.Token);
        string first = await output.ReadAsync(stop.Token);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        string second = first;
        while (second == first)
        {
            second = await output.ReadAsync(stop.Token);
        }

        await stop.CancelAsync();
        Assert.Equal(0, await run);
        var device = new SandboxAccount().AddUser("x").AddMfaDevice("x", After("device seed", intro));
        Assert.Equal($"  {device.CodeAt(clock.GetUtcNow() - TimeSpan.FromSeconds(1))}   for 1 s", first);
        Assert.Equal($"  {device.CodeAt(clock.GetUtcNow())}   for 30 s", second);
        Assert.Equal("arn:aws:iam::123456789012:mfa/alice", After("MFA device", intro));
        string endpoint = Regex.Match(intro, @"http://127\.0\.0\.1:\d+").Value;
        Assert.Equal(
            [
                $"$env:AWS_ENDPOINT_URL = '{endpoint}'",
                "$env:AWS_REGION = 'us-east-1'",
                "$env:AWS_DEFAULT_REGION = 'us-east-1'",
                $"$env:AWS_ACCESS_KEY_ID = '{After("access key", intro)}'",
                $"$env:AWS_SECRET_ACCESS_KEY = '{After("secret key", intro)}'",
                $"export AWS_ENDPOINT_URL='{endpoint}'",
                "export AWS_REGION='us-east-1'",
                "export AWS_DEFAULT_REGION='us-east-1'",
                $"export AWS_ACCESS_KEY_ID='{After("access key", intro)}'",
                $"export AWS_SECRET_ACCESS_KEY='{After("secret key", intro)}'",
            ],
            Assignment().Matches(intro).Select(match => match.Value.Trim()));
    }

    [Fact]
    public async Task RunAsync_shows_profiles_by_which_a_real_client_takes_both_roles()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await using var output = new LineWriter();
        var run = ServeCommand.RunAsync([], output, TextWriter.Null, TimeProvider.System, stop.Token);
        string intro = await output.ReadAsync(stop.Token);
        string code = (await output.ReadAsync(stop.Token)).Trim().Split(' ')[0];
        using var client = new ClientProgram(new Uri(Regex.Match(intro, @"http://127\.0\.0\.1:\d+").Value));
        client.AppendSettings("config", Between("~/.aws/config:", "and for", intro));
        client.AppendSettings("credentials", Between("~/.aws/credentials:", "The device", intro));

        using var answer = await client.RunForJsonAsync(
            "aws", "sts", "get-session-token", "--profile", "sandbox-long-term",
            "--serial-number", After("MFA device", intro), "--token-code", code);
        // Where MfaSts stores the session of these long-term keys.
        var keys = answer.RootElement.GetProperty("Credentials");
        client.AppendSettings("credentials", $"""
            [sandbox]
            aws_access_key_id = {keys.GetProperty("AccessKeyId").GetString()}
            aws_secret_access_key = {keys.GetProperty("SecretAccessKey").GetString()}
            aws_session_token = {keys.GetProperty("SessionToken").GetString()}
            """);
        using var admin = await client.RunForJsonAsync("aws", "sts", "get-caller-identity", "--profile", "sandbox-admin");
        using var audit = await client.RunForJsonAsync("aws", "sts", "get-caller-identity", "--profile", "sandbox-audit");

        Assert.StartsWith(
            "arn:aws:sts::123456789012:assumed-role/admin/", admin.RootElement.GetProperty("Arn").GetString(), StringComparison.Ordinal);
        Assert.StartsWith(
            "arn:aws:sts::210987654321:assumed-role/audit/", audit.RootElement.GetProperty("Arn").GetString(), StringComparison.Ordinal);
        await stop.CancelAsync();
        Assert.Equal(0, await run);
    }

    [Fact]
    public async Task RunAsync_on_a_taken_port_says_so()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await using var error = new StringWriter(CultureInfo.InvariantCulture);

        int exitCode = await ServeCommand.RunAsync(
            ["--port", sandbox.Server.Endpoint.Port.ToString(CultureInfo.InvariantCulture)],
            TextWriter.Null, error, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(1, exitCode);
        Assert.Contains("address already in use", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port")]
    [InlineData("--port", "x")]
    [InlineData("--port", "65536")]
    [InlineData("--port", "-1")]
    [InlineData("--prot", "8080")]
    [InlineData("--port", "8080", "more")]
    public async Task RunAsync_with_options_that_it_does_not_know_shows_its_usage(params string[] options)
    {
        await using var error = new StringWriter(CultureInfo.InvariantCulture);

        int exitCode = await ServeCommand.RunAsync(
            options, TextWriter.Null, error, TimeProvider.System, new CancellationToken(canceled: true));

        Assert.Equal(2, exitCode);
        Assert.Equal(ServeCommand.Usage, error.ToString().TrimEnd());
    }

    private static string After(string label, string text) => Regex.Match(text, $@"{label}\s+(\S+)").Groups[1].Value;

    private static string Between(string start, string end, string text) => text.Split(start)[1].Split(end)[0];

    [GeneratedRegex(@"^  (\$env:|export ).*$", RegexOptions.Multiline)]
    private static partial Regex Assignment();

    /// <summary>Hands each line on to the one who reads.</summary>
    private sealed class LineWriter : StringWriter
    {
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

        public override async Task WriteLineAsync(string? value) => await _lines.Writer.WriteAsync(value ?? string.Empty);

        internal ValueTask<string> ReadAsync(CancellationToken cancellationToken) => _lines.Reader.ReadAsync(cancellationToken);
    }
}
