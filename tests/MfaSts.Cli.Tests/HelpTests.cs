using System.Text.RegularExpressions;
using MfaSts.Cli.Tests.Support;

namespace MfaSts.Cli.Tests;

public sealed partial class HelpTests : IDisposable
{
    private static readonly string[] Commands =
        ["init", "login", "credential-process", "env", "exec", "serve", "console", "read", "list", "status", "logout", "import", "whoami",
            "doctor", "policy", "completion"];

    private readonly ProgramUnderTest _program = new();

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Root_lists_each_command_in_one_line(string option)
    {
        var ended = await _program.RunAsync(option);

        Assert.Equal((0, string.Empty), (ended.ExitCode, ended.Error));
        string[] lines = Section(ended.Output, "Commands");
        Assert.Equal(Commands, lines.Select(line => line.Trim().Split(' ')[0]));
        Assert.All(lines, line => Assert.Matches(CommandLine(), line));
        Assert.Contains("  login [profile]               Get a usable session for a profile, for one MFA code.", lines);
        Assert.DoesNotContain("Examples", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Root_documents_every_exit_code()
    {
        string[] lines = Section((await _program.RunAsync("--help")).Output, "Exit codes");

        Assert.Equal(
            [0, 1, 2, .. Enumerable.Range(10, Enum.GetValues<MfaSts.Errors.MfaErrorId>().Length), 126, 127, 129, 130, 143],
            lines.Select(line => int.Parse(line.Trim().Split(' ')[0], null)));
        Assert.Contains("  18   TokenCodeRequired", lines);
    }

    [Fact]
    public async Task Each_command_has_its_examples_options_and_arguments()
    {
        foreach (string command in Commands)
        {
            var ended = await _program.RunAsync(command, "--help");

            Assert.Equal((0, string.Empty), (ended.ExitCode, ended.Error));
            Assert.Contains($"\nUsage:\n  mfasts {command}", ended.Output, StringComparison.Ordinal);
            Assert.Contains(Section(ended.Output, "Examples"), line => line.Contains($"mfasts {command}", StringComparison.Ordinal));
            Assert.Contains("  -q, --quiet ", ended.Output, StringComparison.Ordinal);
        }

        string[] options = Section((await _program.RunAsync("login", "--help")).Output, "Options");
        Assert.Equal(
            ["--token-code", "--duration", "--serial-number", "--region", "--session-profile", "--force",
                "--role-arn", "--external-id", "--role-session-name", "--tag", "--transitive-tag-key", "--source-identity", "--policy",
                    "--policy-arn", "-h,", "-q,", "-v,"],
            options.Select(line => line.Trim().Split(' ')[0]));
        Assert.StartsWith(
            "  profile  ", Section((await _program.RunAsync("login", "--help")).Output, "Arguments").Single(), StringComparison.Ordinal);
    }

    private static string[] Section(string help, string head)
    {
        string body = help[(help.IndexOf($"\n{head}:\n", StringComparison.Ordinal) + head.Length + 3)..];
        int end = body.IndexOf("\n\n", StringComparison.Ordinal);
        return (end < 0 ? body : body[..end]).TrimEnd().Split('\n');
    }

    [GeneratedRegex(@"^  [a-z-]+( [a-zA-Z\[\]. -]+?)?  +\S.*\.$")]
    private static partial Regex CommandLine();
}
