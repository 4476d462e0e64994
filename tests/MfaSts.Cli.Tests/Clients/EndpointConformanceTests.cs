using System.Diagnostics;
using MfaSts.Cli.Tests.Processes;
using MfaSts.Cli.Tests.Support;

namespace MfaSts.Cli.Tests.Clients;

/// <summary>Real clients that take their keys from the endpoint of <c>exec --serve</c>, beside a default profile that has others.</summary>
public sealed class EndpointConformanceTests : IAsyncLifetime
{
    private const string Address = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
    private const string Token = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
    private const string Alice = "arn:aws:iam::123456789012:user/alice";
    private const string Other = "[default]\naws_access_key_id = AKIAOTHERIDENTITY000\naws_secret_access_key = other\n";

    private TestAccount _account = null!;

    public static TheoryData<string> Clients => new(Caller.AwsCli, Caller.Boto3, Caller.JavaScript, Caller.DotNet);

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the commands are Unix's");
        _account = await TestAccount.StartAsync();
        _account.Home.Config = "[profile prod]\nregion = us-east-1\n";

        // .NET's would be asked even for the endpoint.
        _account.Home.Variables["http_proxy"] = _account.Home.Variables["HTTP_PROXY"] = "http://127.0.0.1:1";
    }

    public async ValueTask DisposeAsync()
    {
        if (_account is not null)
        {
            await _account.DisposeAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Keys_are_those_of_the_profile_and_not_of_default(string client)
    {
        string session = await StoreAsync(TimeSpan.FromMinutes(50));

        var ended = await Mfasts.RunAsync(
            _account.Home, ["exec", "prod", "--serve", "--", .. await Caller.WordsAsync(client, "-", "1")]);

        SkipWithoutPackage(client, ended);
        Assert.True(ended.ExitCode == 0, ended.Error);
        Assert.Equal(Alice, ended.Output.Trim());
        Assert.Equal((session, "OK"), (_account.Server.Requests[^1].AccessKeyId, _account.Server.Requests[^1].Outcome));
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Session_that_another_shell_has_got_is_used_when_the_first_one_has_expired(string client)
    {
        string usable = await StoreAsync(TimeSpan.FromMinutes(6));
        using var process = await StartAsync(client);
        await UntilServedAsync(process, usable);

        // Little enough that each SDK asks the endpoint before each call.
        string first = await StoreAsync(TimeSpan.FromMinutes(4));
        await UntilServedAsync(process, first);
        await CallUntilAsync(process, first);

        string second = await StoreAsync(TimeSpan.FromMinutes(50));
        await UntilServedAsync(process, second);

        // The SDK for JavaScript gives the old one once more, and asks behind that.
        await CallUntilAsync(process, second);
        _account.Server.Account.Sessions.Single(session => session.AccessKeyId == first).Expiration = DateTimeOffset.UnixEpoch;
        await CallUntilAsync(process, second);
        Assert.Equal(0, (await Mfasts.EndAsync(process)).ExitCode);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Session_that_the_mfa_process_gives_is_used_and_one_code_is_enough(string client)
    {
        string first = await StoreAsync(TimeSpan.FromMinutes(6));
        _account.Home.Config += $"mfa_process = {_account.CodeCommand()}\n";
        await File.WriteAllTextAsync(_account.Home.At("code"), _account.NextCode, TestContext.Current.CancellationToken);
        using var process = await StartAsync(client);
        while (_account.Server.Account.Sessions.Count < 2)
        {
            await WaitAsync(process);
        }

        string second = _account.Server.Account.Sessions[^1].AccessKeyId;
        Assert.NotEqual(first, second);
        await UntilServedAsync(process, second);
        await CallUntilAsync(process, second);
        Assert.Equal(0, (await Mfasts.EndAsync(process)).ExitCode);
        Assert.Equal((1, 2), (_account.CodeCommandRuns, _account.SessionTokenCalls));
    }

    [Fact]
    public async Task Sixty_four_clients_at_once_are_all_served()
    {
        string session = await StoreAsync(TimeSpan.FromMinutes(50));
        string script = Path.Combine(AppContext.BaseDirectory, "Clients", "boto3_crowd.py");

        var ended = await Mfasts.RunAsync(_account.Home, "exec", "prod", "--serve", "--", "python3", script);

        SkipWithoutPackage(Caller.Boto3, ended);
        Assert.True(ended.ExitCode == 0, ended.Error);
        Assert.Equal(Enumerable.Repeat(Alice, 64), ended.Output.TrimEnd().Split('\n'));
        Assert.Equal(64, _account.Server.Requests.Count(request => request.AccessKeyId == session && request.Outcome == "OK"));
    }

    private static void SkipWithoutPackage(string client, Ended ended) =>
        Assert.SkipWhen(client == Caller.Boto3 && ended.ExitCode == 77, "boto3 is not on this machine.");

    // The client notes where the endpoint is, so that the test can look at it too.
    private async Task<Process> StartAsync(string client)
    {
        string script = $"printenv {Address} {Token} > {_account.Home.At("endpoint.new")}; "
            + $"mv {_account.Home.At("endpoint.new")} {_account.Home.At("endpoint")}; exec \"$@\"";
        return Mfasts.Start(
            _account.Home,
            [
                .. Mfasts.Command, "exec", "prod", "--serve", "--", "sh", "-c", script, "sh",
                .. await Caller.WordsAsync(client, "-", "lines"),
            ]);
    }

    private async Task UntilServedAsync(Process process, string accessKeyId)
    {
        while (!File.Exists(_account.Home.At("endpoint")))
        {
            await WaitAsync(process);
        }

        string[] place = await File.ReadAllLinesAsync(_account.Home.At("endpoint"), TestContext.Current.CancellationToken);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", place[1]);
        while (!(await http.GetStringAsync(new Uri(place[0]), TestContext.Current.CancellationToken))
            .Contains(accessKeyId, StringComparison.Ordinal))
        {
            await WaitAsync(process);
        }
    }

    // A client that has ended is waited for in vain.
    private static async Task WaitAsync(Process process)
    {
        if (process.HasExited)
        {
            Assert.Fail((await Mfasts.EndAsync(process)).Error);
        }

        await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    private async Task<string> StoreAsync(TimeSpan remaining)
    {
        string id = (await _account.StoreSessionAsync(remaining)).AccessKeyId;
        _account.Home.Credentials += Other;
        return id;
    }

    // One call for each line.
    private async Task CallUntilAsync(Process process, string accessKeyId)
    {
        while (true)
        {
            await process.StandardInput.WriteLineAsync("call");
            await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
            string? answer = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            if (answer is null)
            {
                var ended = await Mfasts.EndAsync(process);
                SkipWithoutPackage(Caller.Boto3, ended);
                Assert.Fail(ended.Error);
            }

            var last = _account.Server.Requests.Last(request => request.Action == "GetCallerIdentity");
            if (answer == Alice && last.AccessKeyId == accessKeyId)
            {
                return;
            }
        }
    }
}
