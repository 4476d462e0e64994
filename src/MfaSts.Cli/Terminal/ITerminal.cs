namespace MfaSts.Cli.Terminal;

/// <summary>The terminal of the person who runs the program. Never standard input or output: those may be pipes of an SDK's.</summary>
internal interface ITerminal
{
    /// <summary>Why nobody can be asked, as the end of a sentence; null when somebody can.</summary>
    string? WhyNotAsk();

    /// <summary>How long a question stays open. Two minutes, unless the caller waits for less.</summary>
    TimeSpan Limit { get; set; }

    /// <summary>Asks for a line that is shown while it is typed.</summary>
    /// <returns>Null when there was no answer in time, the terminal was closed, or another program has it now.</returns>
    /// <exception cref="OperationCanceledException">Ctrl+C.</exception>
    string? Ask(string prompt, CancellationToken cancellationToken);

    /// <summary>Asks for a line that is not shown.</summary>
    /// <returns>Null when there was no answer in time, the terminal was closed, or another program has it now.</returns>
    /// <exception cref="OperationCanceledException">Ctrl+C.</exception>
    string? AskSecret(string prompt, CancellationToken cancellationToken);
}
