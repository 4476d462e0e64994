using System.Diagnostics;
using System.Globalization;
using MfaSts.Cli.Tests.Support;

namespace MfaSts.Cli.Tests.Processes;

/// <summary>
/// Many processes that want one expired session, with a code source that asks nobody. Sixteen at a time: each is compiled by the runtime
/// anew. The proof has sixty-four.
/// </summary>
public sealed class ManyCallersTests : IAsyncLifetime
{
    private TestAccount _account = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the code source is Unix's");
        _account = await TestAccount.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_account is not null)
        {
            await _account.DisposeAsync();
        }
    }

    [Fact]
    public async Task Sixteen_run_the_code_source_once_and_call_sts_once()
    {
        _account.Home.Config = $"[profile prod]\nmfa_process = {_account.CodeCommand("sleep 1; ")}\n";
        List<Process> processes;
        using (_account.BeginAsking())
        {
            processes = [.. Enumerable.Range(0, 16).Select(_ => Start())];
            await Crowd.SettleAsync(processes, TestContext.Current.CancellationToken);
        }

        // Whoever was asking is gone: all of them want to be next.
        var ends = await Task.WhenAll(processes.Select(Mfasts.EndAsync));

        processes.ForEach(process => process.Dispose());
        Assert.All(ends, end => Assert.Equal((0, string.Empty), (end.ExitCode, end.Error)));
        Assert.Equal((1, 1), (_account.CodeCommandRuns, _account.SessionTokenCalls));
        var session = _account.Server.Account.Sessions.Single();
        Assert.All(ends, end => end.Gave(
            $"{{\"Version\":1,\"AccessKeyId\":\"{session.AccessKeyId}\",\"SecretAccessKey\":\"{session.SecretAccessKey}\","
            + $"\"SessionToken\":\"{session.SessionToken}\",\"Expiration\":\"{TestHome.Text(session.Expiration)}\"}}\n"));
    }

    [Fact]
    public async Task Explicit_logins_at_once_run_the_code_source_once()
    {
        _account.Home.Config = $"[profile prod]\nmfa_process = {_account.CodeCommand("sleep 1; ")}\n";
        var processes = Enumerable.Range(0, 8).Select(_ => Mfasts.Start(_account.Home, [.. Mfasts.Command, "login", "prod"])).ToList();

        var ends = await Task.WhenAll(processes.Select(Mfasts.EndAsync));

        processes.ForEach(process => process.Dispose());
        Assert.Equal((1, 1), (_account.CodeCommandRuns, _account.SessionTokenCalls));
        Assert.All(ends, end => Assert.Equal(0, end.ExitCode));
    }

    [Fact]
    public async Task When_the_one_that_asks_is_killed_the_next_goes_on_at_once()
    {
        string command = _account.CodeCommand($"if [ $(wc -l < {_account.Home.At("runs")}) = 1 ]; then exec sleep 600; fi; ");
        _account.Home.Config = $"[profile prod]\nmfa_process = {command}\n";
        using var first = Start();
        while (_account.CodeCommandRuns == 0)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        using var second = Start();
        await Task.Delay(1000, TestContext.Current.CancellationToken);
        Assert.False(second.HasExited);
        first.Kill();

        var ended = await Mfasts.EndAsync(second);

        using (var left = Process.GetProcessById(int.Parse(File.ReadAllLines(_account.Home.At("runs"))[0], CultureInfo.InvariantCulture)))
        {
            left.Kill();
        }

        Assert.Contains(_account.Server.Account.Sessions.Single().AccessKeyId, ended.Output, StringComparison.Ordinal);
        Assert.Equal(2, _account.CodeCommandRuns);
    }

    private Process Start() => Mfasts.Start(_account.Home, [.. Mfasts.Command, "credential-process", "prod"]);
}
