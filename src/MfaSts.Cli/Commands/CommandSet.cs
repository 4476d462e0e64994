using System.CommandLine;

namespace MfaSts.Cli.Commands;

/// <summary>All commands, in the order in which help lists them.</summary>
internal static class CommandSet
{
    public static IEnumerable<Command> All(CliHost host, Func<ParseResult, Messages> messages) =>
    [
        new InitCommand(host, messages),
        new LoginCommand(host, messages),
        new CredentialProcessCommand(host, messages),
        new EnvCommand(host, messages),
        new ExecCommand(host, messages),
        new ServeCommand(host, messages),
        new ConsoleCommand(host, messages),
        new ReadCommand(host, messages),
        new ListCommand(host),
        new StatusCommand(host, messages),
        new LogoutCommand(host, messages),
        new ImportCommand(host, messages),
        new WhoAmICommand(host, messages),
        new DoctorCommand(host, messages),
        new PolicyCommand(host),
        new CompletionCommand(host),
    ];
}
