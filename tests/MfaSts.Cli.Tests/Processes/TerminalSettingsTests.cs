using System.Text.Json;

namespace MfaSts.Cli.Tests.Processes;

/// <summary>
/// The terminal's settings are as before after a question, whoever ends first: on a terminal and in a pane of tmux (see interactive.py).
/// </summary>
public sealed class TerminalSettingsTests : IAsyncLifetime
{
    private TestAccount _account = null!;

    public async ValueTask InitializeAsync() => _account = await TestAccount.StartAsync();

    public ValueTask DisposeAsync() => _account.DisposeAsync();

    [Theory]
    [InlineData("leave", false)]
    [InlineData("leave", true)]
    [InlineData("kill", false)]
    [InlineData("kill", true)]
    public async Task Caller_gives_up_and_the_shell_has_its_settings(string act, bool tmux)
    {
        var seen = await RunAsync(new { act, tmux }, "credential-process", "prod");

        Assert.False(seen.Asked[0], "the question was not hidden");
        Assert.Equal(seen.Before, seen.After);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Program_is_killed_and_the_shell_has_its_settings(bool tmux)
    {
        var seen = await RunAsync(new { act = "killed", tmux }, "login", "prod");

        Assert.Equal("137", seen.End);
        Assert.False(seen.Asked[0], "the question was not hidden");
        Assert.Equal(seen.Before, seen.After);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Caller_in_raw_mode_is_answered_with_a_carriage_return_and_has_its_settings(bool tmux)
    {
        var seen = await RunAsync(new { act = "raw", tmux, text = _account.Code }, "credential-process", "prod");

        Assert.Equal("0 same", seen.End);
        Assert.Equal(seen.Before, seen.After);
        Assert.Equal(1, _account.SessionTokenCalls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Quit_key_puts_the_settings_back_and_ends_it(bool tmux)
    {
        var seen = await RunAsync(new { act = "quit", tmux }, "login", "prod");

        Assert.Equal("131", seen.End);
        Assert.Equal(seen.Before, seen.After);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stop_key_puts_the_settings_back_and_the_question_comes_again(bool tmux)
    {
        var seen = await RunAsync(new { act = "stop", tmux, text = _account.Code }, "login", "prod");

        Assert.Equal(seen.Before, seen.Stopped);
        Assert.True(seen.AskedAgain);
        Assert.False(seen.Asked[0], "the question that came again was not hidden");
        Assert.Equal(seen.Before, seen.After);
        Assert.Equal(1, _account.SessionTokenCalls);
    }

    private async Task<Settings> RunAsync(object act, params string[] args)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "terminals of this kind are Unix's");
        var task = JsonSerializer.SerializeToNode(act)!;
        if (task["tmux"]!.GetValue<bool>())
        {
            _ = await Mfasts.RunProgramAsync(_account.Home, "tmux", "-V");
        }

        task["command"] = JsonSerializer.SerializeToNode(Mfasts.Command.Concat(args));
        string script = Path.Combine(AppContext.BaseDirectory, "Processes", "interactive.py");
        var ended = await Mfasts.RunProgramAsync(_account.Home, "python3", script, task.ToJsonString());
        Assert.True(ended.ExitCode == 0, ended.Error);
        return JsonSerializer.Deserialize<Settings>(ended.Output, JsonSerializerOptions.Web)!;
    }

    /// <summary>What was seen: echo, line mode, carriage return to line end, and the mark of a question.</summary>
    private sealed record Settings(bool[] Before, bool[] Asked, bool[]? Stopped, bool[] After, bool AskedAgain, string? End);
}
