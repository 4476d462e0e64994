using System.CommandLine;
using System.CommandLine.Help;
using MfaSts.Cli.Commands;
using MfaSts.Cli.Output;
using MfaSts.Errors;

namespace MfaSts.Cli;

/// <summary>The command line: what there is, and what each failure's exit code is.</summary>
internal sealed class Application(CliHost host)
{
    private static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Write errors only.", Recursive = true };
    private static readonly Option<bool> Verbose =
        new("--verbose", "-v") { Description = "Show what is used and where it comes from.", Recursive = true };

    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        try
        {
            return await ParseAndRunAsync(args, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // All files' failures are the catalogue's: this is standard output's. One that is not open for writing is "access" to .NET.
            host.Error.WriteLine($"mfasts: write error: {PrintableText.Escape((e.InnerException ?? e).Message)}");
            return ExitCodes.NotWritten;
        }
    }

    private async Task<int> ParseAndRunAsync(string[] args, CancellationToken cancellationToken)
    {
        var root = Describe();
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await host.Error.WriteLineAsync($"mfasts: {PrintableText.Escape(OnOneLine(error.Message))}");
            }

            await host.Error.WriteLineAsync("Try 'mfasts --help'.");
            return ExitCodes.Usage;
        }

        // For what the parser writes itself: the version and completions.
        var output = new StreamWriter(host.Output, leaveOpen: true);
        int code = await RunAsync(parsed, output, cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        await host.Output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        return code;
    }

    private async Task<int> RunAsync(ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        var messages = new Messages(host.Error, parsed.GetValue(Quiet), parsed.GetValue(Verbose));
        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                    Output = output,
                    Error = host.Error,
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (MfaException e)
        {
            messages.Fail(e.Error);
            return ExitCodes.Of(e.Error.Id);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
    }

    // The parser lists what it would have taken line by line.
    private static string OnOneLine(string message) =>
        message.ReplaceLineEndings(" ").Replace("\t", string.Empty, StringComparison.Ordinal);

    private RootCommand Describe()
    {
        Messages MessagesOf(ParseResult parsed) => new(host.Error, parsed.GetValue(Quiet), parsed.GetValue(Verbose));
        var root = new RootCommand("One MFA code in the morning serves every AWS tool all day: sessions of AWS STS for any shell.")
        {
            Quiet,
            Verbose,
        };
        foreach (var command in CommandSet.All(host, MessagesOf))
        {
            root.Add(command);
        }

        root.Options.OfType<HelpOption>().Single().Action = new HelpText(host.Output);

        return root;
    }
}
