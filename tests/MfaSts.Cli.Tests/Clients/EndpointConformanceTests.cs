using System.Diagnostics;
using MfaSts.Cli.Tests.Processes;
using MfaSts.Cli.Tests.Support;

namespace MfaSts.Cli.Tests.Clients;

/// <summary>Real clients that take their keys from the endpoint of <c>exec --serve</c>, beside a <c>[default]</c> that has others.</summary>
public sealed class EndpointConformanceTests : IAsyncLifetime
{
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

        var ended = await Mfasts.RunProgramAsync(_account.Home, [.. Mfasts.Command, .. await WordsAsync(client, "1")]);

        SkipWithoutPackage(client, ended);
        Assert.True(ended.ExitCode == 0, ended.Error);
        Assert.Equal(Alice, ended.Output.Trim());
        Assert.Equal((session, "OK"), (_account.Server.Requests[^1].AccessKeyId, _account.Server.Requests[^1].Outcome));
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Session_that_another_shell_has_got_is_used_when_the_first_one_has_expired(string client)
    {
        // Little enough that each SDK asks the endpoint before each call.
        string first = await StoreAsync(TimeSpan.FromMinutes(4));
        using var process = await StartAsync(client);
        await CallUntilAsync(process, first);

        string second = await StoreAsync(TimeSpan.FromMinutes(50));
        _account.Server.Account.Sessions.Single(session => session.AccessKeyId == first).Expiration = DateTimeOffset.UnixEpoch;

        await CallUntilAsync(process, second);
        Assert.Equal(0, (await Mfasts.EndAsync(process)).ExitCode);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Session_that_the_mfa_process_gives_is_used_and_one_code_is_enough(string client)
    {
        string first = await StoreAsync(TimeSpan.FromMinutes(4));
        _account.Home.Config += $"mfa_process = {_account.CodeCommand()}\n";
        using var process = await StartAsync(client);
        while (_account.SessionTokenCalls < 2)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        string second = _account.Server.Account.Sessions[^1].AccessKeyId;
        Assert.NotEqual(first, second);
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

    private static async Task<string[]> WordsAsync(string client, string count) =>
        ["exec", "prod", "--serve", "--", .. await Caller.WordsAsync(client, "-", count)];

    private static void SkipWithoutPackage(string client, Ended ended) =>
        Assert.SkipWhen(client == Caller.Boto3 && ended.ExitCode == 77, "boto3 is not on this machine.");

    private async Task<Process> StartAsync(string client) =>
        Mfasts.Start(_account.Home, [.. Mfasts.Command, .. await WordsAsync(client, "lines")]);

    private async Task<string> StoreAsync(TimeSpan remaining)
    {
        string id = (await _account.StoreSessionAsync(remaining)).AccessKeyId;
        _account.Home.Credentials += Other;
        return id;
    }

    // One call for each line. The endpoint looks at the file every two seconds.
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

            if (answer == Alice && _account.Server.Requests.Last(request => request.Action == "GetCallerIdentity").AccessKeyId == accessKeyId)
            {
                return;
            }
        }
    }
}
