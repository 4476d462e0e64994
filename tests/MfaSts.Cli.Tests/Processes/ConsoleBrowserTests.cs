using MfaSts.Errors;
using MfaSts.Sandbox;

namespace MfaSts.Cli.Tests.Processes;

/// <summary><c>console</c> with a browser, against the sandbox's sign-in.</summary>
public sealed class ConsoleBrowserTests : IAsyncLifetime
{
    // Notes what it was given and what all processes were, follows the address, and notes where it leads.
    private const string Browser = """
        #!/usr/bin/env python3
        import glob, os, sys, urllib.request, urllib.error
        home = os.environ["HOME"]
        class Stay(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *_): return None
        opener = urllib.request.build_opener(Stay, urllib.request.ProxyHandler({}))
        def follow(address):
            try: opener.open(address)
            except urllib.error.HTTPError as e: return e.headers["Location"]
        lines = []
        for path in glob.glob("/proc/[0-9]*/cmdline"):
            try: lines.append(open(path, errors="replace").read().replace("\0", " "))
            except OSError: pass
        first = follow(sys.argv[1])
        page = follow(first)
        again = "open"
        try: opener.open(sys.argv[1])
        except urllib.error.HTTPError as e: again = str(e.code)
        except OSError: again = "closed"
        with open(home + "/seen.new", "w") as f:
            f.write("\n".join([sys.argv[1], first, str(page), again, str([n for n in os.environ if n.startswith("AWS_")]), *lines]))
        os.rename(home + "/seen.new", home + "/seen")
        """;

    private TestAccount _account = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the browser is started by xdg-open");
        _account = await TestAccount.StartAsync();
        _account.Home.Config = $"[profile admin]\nrole_arn = {_account.Server.Account.Roles[0].Arn}\nsource_profile = prod\n";
        await _account.StoreSessionAsync(TimeSpan.FromHours(1));
        UseBrowser(Browser);
    }

    public async ValueTask DisposeAsync()
    {
        if (_account is not null)
        {
            await _account.DisposeAsync();
        }
    }

    [Fact]
    public async Task Browser_is_led_to_the_page_once_and_the_address_is_in_no_process_list_and_no_output()
    {
        var ended = await Mfasts.RunAsync(_account.Home, "console", "admin", "--destination", "s3", "--verbose");

        Assert.Equal((0, string.Empty), (ended.ExitCode, ended.Output));
        string[] seen = await SeenAsync();
        Assert.Matches("^http://127\\.0\\.0\\.1:[0-9]+/[0-9a-f]{64}$", seen[0]);
        Assert.StartsWith($"{_account.Server.Endpoint}federation?Action=login&", seen[1], StringComparison.Ordinal);
        Assert.Equal("https://us-east-1.console.aws.amazon.com/s3/home?region=us-east-1", seen[2]);
        Assert.Contains(seen[3], (string[])["closed", "410"]);
        Assert.Equal("[]", seen[4]);
        string token = seen[1][(seen[1].LastIndexOf('=') + 1)..];
        Assert.Contains(seen[5..], line => line.Contains(seen[0], StringComparison.Ordinal));
        Assert.DoesNotContain(seen[5..], line => line.Contains(token, StringComparison.Ordinal));
        Assert.DoesNotContain("SigninToken", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(token, ended.Error, StringComparison.Ordinal);
        Assert.Contains("The browser is signed in with profile 'admin' for ", ended.Error, StringComparison.Ordinal);
        Assert.Equal(["getSigninToken", "login"], _account.Server.Requests.Select(request => request.Action).TakeLast(2));
    }

    [Fact]
    public async Task Browser_that_fails_is_told_with_what_to_type()
    {
        UseBrowser("#!/bin/sh\nexit 4\n");

        var ended = await Mfasts.RunAsync(_account.Home, "console", "admin");

        ended.Failed(ExitCodes.Of(MfaErrorId.ProgramMissing));
        Assert.Contains("exited with 4", ended.Error, StringComparison.Ordinal);
        Assert.EndsWith("mfasts console admin --print\n", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Printed_address_signs_in()
    {
        var ended = await Mfasts.RunAsync(_account.Home, "console", "admin", "--print");

        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        using var answer = await http.GetAsync(new Uri(ended.Output.TrimEnd()), TestContext.Current.CancellationToken);
        Assert.Equal("https://us-east-1.console.aws.amazon.com/console/home?region=us-east-1", answer.Headers.Location!.AbsoluteUri);
        Assert.Equal(SandboxRequest.Served, _account.Server.Requests[^1].Outcome);
    }

    private void UseBrowser(string script)
    {
        Directory.CreateDirectory(_account.Home.At("bin"));
        File.WriteAllText(_account.Home.At("bin", "xdg-open"), script);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                _account.Home.At("bin", "xdg-open"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        _account.Home.Variables["PATH"] = $"{_account.Home.At("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
    }

    private async Task<string[]> SeenAsync()
    {
        while (!File.Exists(_account.Home.At("seen")))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        return await File.ReadAllLinesAsync(_account.Home.At("seen"), TestContext.Current.CancellationToken);
    }
}
