using MfaSts.Cli.Output;
using MfaSts.Cli.Tests.Support;
using MfaSts.Pwsh;

namespace MfaSts.Cli.Tests.Processes;

/// <summary>What is written for a shell, read by that shell.</summary>
public sealed class ShellTests : IDisposable
{
    private static readonly Dictionary<string, string> Nasty = new()
    {
        ["T_PLAIN"] = "abc+/=",
        ["T_SINGLE"] = "it's ''quoted''",
        ["T_DOUBLE"] = "say \"no\"",
        ["T_DOLLAR"] = "$HOME ${HOME} $(echo x) `echo y`",
        ["T_TYPOGRAPHIC"] = "\u2018a\u2019 \u201Ab\u201B \u201Cc\u201D",
        ["T_PERCENT"] = "%PATH% 100%",
        ["T_SPACES"] = "  two  ",
        ["T_BACKSLASH"] = "a\\b\\\\c\\' \\n\\",
        ["T_SYMBOLS"] = "a;b&c|d>e<f*g?h!i#j~k^l(m)[n]{o}",
    };

    private readonly TestHome _home = new();

    public ShellTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "the shells are Unix's");

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("bash", "sh", "-e")]
    [InlineData("bash", "bash", "-eu")]
    [InlineData("bash", "zsh", "-e")]
    [InlineData("fish", "fish")]
    [InlineData("powershell", "pwsh", "-NoProfile", "-NonInteractive", "-File")]
    public async Task Shell_reads_every_value_as_it_was(string format, params string[] shell)
    {
        var writer = AssignmentFormat.Named(format);
        _home.Variables["T_HIDING"] = "hides";

        var set = await EvaluateAsync(writer.Write(Nasty, ["T_HIDING", "T_ABSENT"]), shell);

        Assert.Equal(Nasty.OrderBy(pair => pair.Key, StringComparer.Ordinal), set);
    }

    [Theory]
    [InlineData("bash", "sh", "-e")]
    [InlineData("bash", "bash", "-eu")]
    [InlineData("bash", "zsh", "-e")]
    [InlineData("fish", "fish")]
    [InlineData("powershell", "pwsh", "-NoProfile", "-NonInteractive", "-File")]
    public async Task Shell_takes_away_what_there_is_and_what_there_is_not(string format, params string[] shell)
    {
        _home.Variables["T_ONE"] = "1";
        _home.Variables["T_TWO"] = "2";

        var left =
            await EvaluateAsync(AssignmentFormat.Named(format).Write(new Dictionary<string, string>(), ["T_ONE", "T_ABSENT"]), shell);

        Assert.Equal([KeyValuePair.Create("T_TWO", "2")], left);
    }

    [Fact]
    public async Task Bash_evaluates_the_programs_output()
    {
        _home.Credentials = TestHome.Session("prod", TimeProvider.System.GetUtcNow().AddHours(1));
        string program = string.Join(' ', Mfasts.Command);

        (await Mfasts.RunProgramAsync(_home, "bash", "-eu", "-c", $"""
            eval "$({program} env prod)"
            printf '%s|' "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY" "$AWS_SESSION_TOKEN" "$({program} read aws_access_key_id prod)"
            eval "$({program} env --unset)"
            printf '%s' "$(env | grep -c ASIASTORED)"
            """)).Gave($"ASIASTORED0000000001|{TestHome.SessionSecret}|{TestHome.SessionToken}|ASIASTORED0000000001|0");
    }

    [Theory]
    [InlineData("eval $({0})", "bash", "-eu")]
    [InlineData("eval $({0})", "dash", "-e")]
    [InlineData("eval $({0})", "sh", "-e")]
    [InlineData("eval \"$({0})\"", "zsh", "-e")]
    [InlineData("eval $({0})", "zsh", "-e")]
    [InlineData("eval `{0}`", "bash", "-e")]
    [InlineData("eval `{0}`", "dash", "-e")]
    [InlineData("eval ({0} --format fish)", "fish")]
    [InlineData("{0} --format fish | source", "fish")]
    [InlineData("source <({0})", "bash", "-e")]
    public async Task Shell_sets_and_takes_away_however_the_output_is_evaluated(string line, params string[] shell)
    {
        var expiration = TimeProvider.System.GetUtcNow().AddHours(1);
        _home.Credentials = TestHome.Session("prod", expiration);
        _home.Variables["AWS_PROFILE"] = "other";
        string program = string.Join(' ', Mfasts.Command);
        string set = line.Replace("{0}", $"{program} env prod", StringComparison.Ordinal);
        string unset = line.Replace("{0}", $"{program} env --unset", StringComparison.Ordinal);
        const string tell = "env | grep '^AWS_[APSRDC]' | sort | tr '\\n' '|'";

        (await Mfasts.RunProgramAsync(_home, [.. shell, "-c", $"{set}\n{tell}\necho\n{unset}\n{tell}\n"])).Gave(
            $"AWS_ACCESS_KEY_ID=ASIASTORED0000000001|AWS_CREDENTIAL_EXPIRATION={TestHome.Text(expiration)}|"
                + $"AWS_SECRET_ACCESS_KEY={TestHome.SessionSecret}|AWS_SESSION_TOKEN={TestHome.SessionToken}|\n");
    }

    [Theory]
    [InlineData("mfasts lo", "login,logout")]
    [InlineData("mfasts login prod", "prod,prod-two")]
    [InlineData("mfasts login --to", "--token-code")]
    [InlineData("mfasts login team:a", "a,ab", "a")]
    [InlineData("mfasts login team:", "a,ab", "")]
    [InlineData("mfasts login me@", "@home", "@")]
    public async Task Bash_completes(string line, string expected, string? readlinesWord = null)
    {
        _home.Credentials = TestHome.LongTerm("prod") + TestHome.LongTerm("prod-two")
            + TestHome.LongTerm("team:a") + TestHome.LongTerm("team:ab") + TestHome.LongTerm("me@home");
        string script = (await Mfasts.RunAsync(_home, "completion", "bash")).Output;
        string[] words = line.Split(' ');

        var ended = await Mfasts.RunProgramAsync(_home, "bash", "-c", $$"""
            mfasts() { {{string.Join(' ', Mfasts.Command)}} "$@"; }
            {{script}}
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}} COMP_WORDS=({{line}}) COMP_CWORD={{words.Length - 1}}
            [[ "$(complete -p mfasts)" == *' _mfasts '* ]] && _mfasts mfasts '{{readlinesWord ?? words[^1]}}'
            (IFS=,; printf '%s' "${COMPREPLY[*]}")
            """);

        ended.Gave(expected);
    }

    [Fact]
    public async Task Pwsh_completes()
    {
        _home.Credentials = TestHome.LongTerm("prod");
        string program = _home.At("mfasts");
        File.WriteAllText(program, $"#!/bin/sh\nexec {string.Join(' ', Mfasts.Command)} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        string script = (await Mfasts.RunAsync(_home, "completion", "powershell")).Output;

        var ended = await Mfasts.RunProgramAsync(_home, Found("pwsh"), "-NoProfile", "-NonInteractive", "-Command", $$"""
            $env:PATH = '{{_home.Root}}:' + $env:PATH
            {{script}}
            foreach ($line in 'mfasts lo', 'mfasts login p') {
                [Console]::Out.Write((([System.Management.Automation.CommandCompletion]::MapStringInputToParsedInput($line, $line.Length) |
                    ForEach-Object { [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null) } |
                    ForEach-Object { $_.CompletionMatches.CompletionText } |
                    Select-Object -Unique) -join ',') + ';')
            }
            """);

        ended.Gave("login,logout;prod;");
    }

    // A shell is looked for on PATH, PowerShell is the pinned one.
    private string Found(string shell)
    {
        if (shell != "pwsh")
        {
            return shell;
        }

        Assert.SkipWhen(PinnedPwsh.Lack is not null, PinnedPwsh.Lack ?? string.Empty);
        foreach ((string name, string value) in PinnedPwsh.Variables)
        {
            _home.Variables[name] = value;
        }

        return PinnedPwsh.Program;
    }

    private async Task<IEnumerable<KeyValuePair<string, string>>> EvaluateAsync(string script, string[] shell)
    {
        string path = _home.At("script.ps1");
        await File.WriteAllTextAsync(path, script + "env -0\n", TestContext.Current.CancellationToken);
        var ended = await Mfasts.RunProgramAsync(_home, [Found(shell[0]), .. shell[1..], path]);
        Assert.Equal((0, string.Empty), (ended.ExitCode, ended.Error));
        return ended.Output.Split('\0').Where(line => line.StartsWith("T_", StringComparison.Ordinal))
            .Select(line => KeyValuePair.Create(line.Split('=', 2)[0], line.Split('=', 2)[1]))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal);
    }
}
