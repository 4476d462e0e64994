using MfaSts.Cli.Tests.Processes;

namespace MfaSts.Cli.Tests.Clients;

/// <summary>A profile with the program as its credential_process, in the hands of real clients.</summary>
public sealed class ConformanceTests : IAsyncLifetime
{
    private const string Alice = "arn:aws:iam::123456789012:user/alice";

    private TestAccount _account = null!;

    public static TheoryData<string> Clients => new(Caller.AwsCli, Caller.Boto3, Caller.JavaScript, Caller.DotNet);

    public async ValueTask InitializeAsync()
    {
        _account = await TestAccount.StartAsync();
        _account.StoreLongTerm("prod-sts");
        Configure(string.Empty);
    }

    public ValueTask DisposeAsync() => _account.DisposeAsync();

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Valid_session_is_used(string client)
    {
        var session = await _account.StoreSessionAsync(TimeSpan.FromMinutes(50), "prod-sts");

        var ended = await Caller.RunAsync(client, _account.Home, calls: 1);

        Assert.True(ended.ExitCode == 0, ended.Error);
        Assert.Equal(Alice, ended.Output.Trim());
        Assert.Equal((session.AccessKeyId, "OK"), (_account.Server.Requests[^1].AccessKeyId, _account.Server.Requests[^1].Outcome));
        Assert.Equal(1, _account.SessionTokenCalls);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Expired_session_is_renewed_by_the_code_source(string client)
    {
        Configure($"mfa_process = {_account.CodeCommand()}\n");

        var ended = await Caller.RunAsync(client, _account.Home, calls: 2);

        Assert.True(ended.ExitCode == 0, ended.Error);
        Assert.Equal(Alice, ended.Output.Trim().Split('\n')[^1]);
        Assert.Equal((1, 1), (_account.CodeCommandRuns, _account.SessionTokenCalls));
        Assert.Equal(_account.Server.Account.Sessions.Single().AccessKeyId, _account.Server.Requests[^1].AccessKeyId);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Expired_session_without_a_code_source_is_an_error(string client)
    {
        var ended = await Caller.RunAsync(client, _account.Home, calls: 1);

        Assert.NotEqual(0, ended.ExitCode);
        Assert.Empty(_account.Server.Requests);
        if (client is Caller.AwsCli or Caller.Boto3)
        {
            Assert.Contains("mfasts login prod", ended.Error, StringComparison.Ordinal);
        }
    }

    // botocore and the SDK for .NET ask again before every request then, and botocore raises when the program fails.
    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Near_its_end_a_living_session_goes_on_and_a_failing_code_source_is_tried_once(string client)
    {
        var session = await _account.StoreSessionAsync(TimeSpan.FromMinutes(7), "prod-sts");
        Configure($"mfa_process = {_account.CodeCommand("exit 1; ")}\n");

        var ended = await Caller.RunAsync(client, _account.Home, calls: 3);

        Assert.True(ended.ExitCode == 0, ended.Error);
        Assert.All(
            _account.Server.Requests.Skip(1), request => Assert.Equal((session.AccessKeyId, "OK"), (request.AccessKeyId, request.Outcome)));
        Assert.Equal((1, 1), (_account.CodeCommandRuns, _account.SessionTokenCalls));
    }

    private void Configure(string more) =>
        _account.Home.Config =
            $"[profile prod]\nregion = us-east-1\ncredential_process = {string.Join(' ', Mfasts.Command)} credential-process prod\n{more}";
}
