using MfaSts.Cli.Tests.Support;
using MfaSts.Errors;

namespace MfaSts.Cli.Tests.Processes;

/// <summary>The program and a person at a terminal, who sets a profile up.</summary>
public sealed class InitTests : IAsyncLifetime
{
    private TestAccount _account = null!;

    private string Id => _account.Server.Account.Users[0].AccessKeys[0].AccessKeyId;

    private string Secret => _account.Server.Account.Users[0].AccessKeys[0].SecretAccessKey;

    public async ValueTask InitializeAsync() => _account = await TestAccount.StartAsync();

    public ValueTask DisposeAsync() => _account.DisposeAsync();

    [Fact]
    public async Task Answers_are_proved_and_stored_and_the_secret_is_not_shown()
    {
        var seen =
            await PersonAtTerminal.RunAsync(_account.Home, Answering($"{Id}\n", $"{Secret}\n", $"{TestHome.Device}\n"), "init", "new");

        Assert.Equal((0, string.Empty), (seen.Ends[0].ExitCode, seen.Ends[0].Output));
        Assert.StartsWith(
            $"The access key {Id} is that of {_account.Server.Account.Users[0].Arn}.\n", seen.Ends[0].Error, StringComparison.Ordinal);
        Assert.Equal([false, true, false, true], [.. seen.Silences, seen.EchoesAtEnd]);
        Assert.Equal(
            $"AWS access key ID for profile 'new': {Id}\r\nAWS secret access key for {Id}: \r\nMFA device ARN for profile 'new' (Enter to "
                + $"skip): {TestHome.Device}\r\n",
            seen.Shown);
        Assert.Contains(TestHome.LongTerm("new", Id, Secret), _account.Home.Credentials, StringComparison.Ordinal);
        (await Mfasts.RunAsync(_account.Home, "whoami", "new")).Gave(
            $"Account  123456789012\nArn      {_account.Server.Account.Users[0].Arn}\nUserId   "
                + $"{_account.Server.Account.Users[0].UserId}\n");
    }

    [Fact]
    public async Task Wrong_secret_is_told_and_not_stored()
    {
        string before = _account.Home.Credentials;

        string wrong = Secret[..^1] + (Secret[^1] == 'x' ? 'y' : 'x');

        var seen = await PersonAtTerminal.RunAsync(_account.Home, Answering($"{Id}\n", $"{wrong}\n", "\n"), "init", "new");

        Assert.Equal((ExitCodes.Of(MfaErrorId.LongTermCredentialRejected), string.Empty), (seen.Ends[0].ExitCode, seen.Ends[0].Output));
        Assert.Equal(before, _account.Home.Credentials);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Ctrl_c_at_each_question_ends_it_and_stores_nothing(int question)
    {
        string before = _account.Home.Credentials;
        string[] answers = [$"{Id}\n", $"{Secret}\n", "\n"];
        answers[question - 1] = "\u0003";

        var seen = await PersonAtTerminal.RunAsync(_account.Home, Answering(answers[..question]), "init", "new");

        Assert.Equal(new Ended(130, string.Empty, string.Empty), seen.Ends[0]);
        Assert.Equal((question, true), (seen.Silences.Length, seen.EchoesAtEnd));
        Assert.EndsWith("\r\n", seen.Shown, StringComparison.Ordinal);
        Assert.Equal((before, 0), (_account.Home.Credentials, _account.Server.Requests.Count));
    }

    private object Answering(params string[] answers)
    {
        string[] prompts =
            ["AWS access key ID for profile 'new': ", $"AWS secret access key for {Id}: ", "MFA device ARN for profile 'new' (Enter to "
                + "skip): "];
        return new { act = "steps", steps = prompts.Zip(answers, (prompt, text) => new { prompt, text }) };
    }
}
