using System.CommandLine;
using MfaSts.Cli.Endpoint;
using MfaSts.Cli.Terminal;
using MfaSts.Sessions;

namespace MfaSts.Cli.Commands;

/// <summary>Runs a command with a session in its environment.</summary>
internal sealed class ExecCommand : DescribedCommand
{
    public ExecCommand(CliHost host, Func<ParseResult, Messages> messages)
        : base("exec", "[profile] -- command...", "Run a command with a profile's session in its environment.",
            "mfasts exec prod -- aws s3 ls",
            "mfasts exec prod -- terraform plan",
            "mfasts exec prod --serve -- terraform apply")
    {
        var words = new Argument<string[]>("words") { Description = "[profile] -- command…", Arity = ArgumentArity.OneOrMore };
        var section = Parts.SessionProfile();
        var serve = new Option<bool>("--serve")
        {
            Description = "Give the keys by an endpoint that renews them, not in the environment: for a command that outlives a session.",
        };
        Add(words);
        Add(section);
        Add(serve);
        var role = new RoleParts(this);
        SetAction(async (parsed, cancellationToken) =>
        {
            (string? profile, string[] command) = Split(parsed, parsed.GetValue(words)!);
            if (command.Length == 0 || (profile is not null && Parts.IsOption(profile)))
            {
                await host.Error.WriteLineAsync(
                    "mfasts: exec needs a command after --, and before it a profile or nothing. Try 'mfasts exec --help'.");
                return ExitCodes.Usage;
            }

            var said = messages(parsed);
            var source = new SessionSource(host, said);
            string name = source.ProfileOrDefault(profile);
            var request = new SessionRequest { Profile = name, SessionProfile = parsed.GetValue(section), Role = role.Read(parsed, name) };
            var session = source.Get(request, tokenCode: null, isExplicit: true, cancellationToken);
            return parsed.GetValue(serve)
                ? new ServedCommand(host, said, request, session).Run(command)
                : ThisProcess.System.Run(command, session.ToEnvironment(), SessionVariables.Hiding, host.Error);
        });
    }

    // The parser drops the --, so it is looked for among the tokens: what stands before it is the profile.
    private static (string? Profile, string[] Command) Split(ParseResult parsed, string[] words)
    {
        var tokens = parsed.Tokens.ToList();
        int dashes = tokens.FindIndex(token => token.Value == "--" && token.Type == System.CommandLine.Parsing.TokenType.DoubleDash);
        int behind = dashes < 0 ? 0 : tokens.Count - dashes - 1;
        int before = words.Length - behind;
        return before is 0 or 1 && behind > 0 ? (before == 1 ? words[0] : null, words[before..]) : (null, []);
    }
}
