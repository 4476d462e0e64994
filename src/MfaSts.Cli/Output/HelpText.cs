using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using System.Text;
using MfaSts.Cli.Commands;
using MfaSts.Errors;

namespace MfaSts.Cli.Output;

/// <summary>What <c>--help</c> writes: one line a command, and a command's examples only in its own help.</summary>
internal sealed class HelpText(Stream output) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var root = parseResult.RootCommandResult.Command;
        var command = parseResult.CommandResult.Command;
        output.Write(Encoding.UTF8.GetBytes(command is DescribedCommand described ? OfCommand(described, root) : OfRoot(root)));
        output.Flush();
        return ExitCodes.Success;
    }

    private static string OfRoot(Command root) =>
        $"{root.Description}\n\nUsage:\n  mfasts <command> [options]\n"
        + Section("Commands", root.Subcommands.OfType<DescribedCommand>().Select(command => (command.Synopsis, command.Description!)))
        + Section("Options", root.Options.Select(Describe))
        + Section("Exit codes", Codes())
        + "\n'mfasts <command> --help' shows the options and examples of a command.\n";

    private static string OfCommand(DescribedCommand command, Command root) =>
        $"{command.Description}\n\nUsage:\n  mfasts {command.Synopsis} [options]\n"
        + Section("Arguments", command.Arguments.Select(argument => (argument.Name, argument.Description!)))
        + Section("Options", command.Options.Concat(root.Options.Where(option => option.Recursive)).Select(Describe))
        + "\nExamples:\n" + string.Concat(command.Examples.Select(example => $"  {example}\n"));

    private static (string Name, string Description) Describe(Option option)
    {
        string names =
            string.Join(", ", option.Aliases.Where(alias => alias[0] == '-' && alias.Length == 2 && alias != "-?").Append(option.Name));
        bool isSwitch = option.ValueType == typeof(bool) || option.Arity.MaximumNumberOfValues == 0;
        return (isSwitch ? names : $"{names} <{option.Name.TrimStart('-')}>", option.Description!);
    }

    private static IEnumerable<(string Code, string Meaning)> Codes()
    {
        yield return (Number(ExitCodes.Success), "done; with exec, whatever the command returns");
        yield return (Number(ExitCodes.NotUsable), "status: there is no usable session; doctor: there are findings");
        yield return (Number(ExitCodes.Usage), "the command line is wrong");
        foreach (var id in Enum.GetValues<MfaErrorId>())
        {
            yield return (Number(ExitCodes.Of(id)), id.ToString());
        }

        yield return (Number(ExitCodes.NotExecutable), "exec: the command cannot be run");
        yield return (Number(ExitCodes.NotFound), "exec: the command does not exist");
        yield return (Number(ExitCodes.HungUp), "ended because the terminal was closed");
        yield return (Number(ExitCodes.Interrupted), "ended by Ctrl+C");
        yield return (Number(ExitCodes.Terminated), "ended by SIGTERM");
    }

    private static string Number(int code) => code.ToString(CultureInfo.InvariantCulture);

    private static string Section(string head, IEnumerable<(string Name, string Description)> rows)
    {
        var all = rows.ToList();
        int width = all.Select(row => row.Name.Length).DefaultIfEmpty().Max();
        return all.Count == 0
            ? string.Empty
            : $"\n{head}:\n" + string.Concat(all.Select(row => $"  {row.Name.PadRight(width)}  {row.Description}\n"));
    }
}
