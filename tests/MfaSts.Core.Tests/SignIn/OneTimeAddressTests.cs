using System.Diagnostics;
using System.Net;
using MfaSts.Errors;
using MfaSts.SignIn;

namespace MfaSts.Tests.SignIn;

public sealed class OneTimeAddressTests
{
    private static readonly Uri Target = new("https://signin.aws.amazon.com/federation?Action=login&SigninToken=secret%2B");

    private readonly List<Uri> _opened = [];

    [Fact]
    public async Task Browser_is_given_another_address_that_leads_there_once()
    {
        var answers = new List<HttpResponseMessage>();
        await new OneTimeAddress(Target).OpenAsync("admin", Browse, TestContext.Current.CancellationToken);

        var address = Assert.Single(_opened);
        Assert.Matches("^http://127\\.0\\.0\\.1:[0-9]+/[0-9a-f]{64}$", address.AbsoluteUri);
        var answer = Assert.Single(answers);
        Assert.Equal((HttpStatusCode.Found, Target), (answer.StatusCode, answer.Headers.Location));
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));

        // The port is closed by then.
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(address));

        Process? Browse(Uri opened)
        {
            _opened.Add(opened);
            _ = Task.Run(async () => answers.Add(await GetAsync(opened)));
            return null;
        }
    }

    [Theory]
    [InlineData("GET", "/", null, HttpStatusCode.NotFound)]
    [InlineData("GET", "/favicon.ico", null, HttpStatusCode.NotFound)]
    [InlineData("GET", null, "evil.example", HttpStatusCode.NotFound)]
    [InlineData("HEAD", null, null, HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", null, null, HttpStatusCode.MethodNotAllowed)]
    public async Task Whatever_else_is_asked_does_not_use_it_up(string method, string? path, string? host, HttpStatusCode wanted)
    {
        var seen = new TaskCompletionSource<HttpResponseMessage>();
        await new OneTimeAddress(Target).OpenAsync("admin", Browse, TestContext.Current.CancellationToken);

        var refusal = await seen.Task;
        Assert.Equal((wanted, null), (refusal.StatusCode, refusal.Headers.Location));

        Process? Browse(Uri opened)
        {
            _ = Task.Run(async () =>
            {
                seen.SetResult(await GetAsync(path is null ? opened : new Uri(opened, path), method, host));
                await GetAsync(opened);
            });
            return null;
        }
    }

    [Fact]
    public async Task Other_users_connection_is_refused_and_does_not_use_it_up()
    {
        var seen = new TaskCompletionSource<HttpStatusCode>();
        bool isOwn = false;
        var address = new OneTimeAddress(Target) { IsOwn = (_, _) => isOwn };
        await address.OpenAsync("admin", Browse, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, await seen.Task);

        Process? Browse(Uri opened)
        {
            _ = Task.Run(async () =>
            {
                var first = await GetAsync(opened);
                isOwn = true;
                await GetAsync(opened);
                seen.SetResult(first.StatusCode);
            });
            return null;
        }
    }

    [Theory]
    [InlineData("exit 127", "neither xdg-open nor the variable BROWSER")]
    [InlineData("exit 3", "exited with 3")]
    public async Task Browser_that_does_not_start_is_told_at_once(string script, string why)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the script is Unix's");

        var failure = await Assert.ThrowsAsync<MfaException>(() => new OneTimeAddress(Target).OpenAsync(
            "admin", _ => Process.Start("/bin/sh", ["-c", script]), TestContext.Current.CancellationToken));

        Assert.Equal(MfaErrorId.ProgramMissing, failure.Error.Id);
        Assert.Contains(why, failure.Error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Helper_that_ends_well_is_no_failure_and_the_browser_is_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the script is Unix's");

        await new OneTimeAddress(Target).OpenAsync("admin", Browse, TestContext.Current.CancellationToken);

        Process? Browse(Uri opened)
        {
            var helper = Process.Start("/bin/sh", ["-c", "exit 0"]);
            _ = Task.Run(async () =>
            {
                await helper.WaitForExitAsync();
                await Task.Delay(100);
                await GetAsync(opened);
            });
            return helper;
        }
    }

    [Fact]
    public async Task Wait_is_ended_by_its_token()
    {
        using var stop = new CancellationTokenSource();
        var waiting = new OneTimeAddress(Target).OpenAsync(
            "admin",
            _ =>
            {
                stop.Cancel();
                return null;
            },
            stop.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private static async Task<HttpResponseMessage> GetAsync(Uri address, string method = "GET", string? host = null)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Headers.Host = host;
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
