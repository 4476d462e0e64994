namespace MfaSts.Cli.Terminal;

/// <summary>Nobody can be asked, whoever sits there: for what goes on beside a command that has the terminal.</summary>
internal sealed class NobodyAtTerminal : ITerminal
{
    public TimeSpan Limit { get; set; }

    public string? WhyNotAsk() => "the endpoint asks nobody";

    public string? Ask(string prompt, CancellationToken cancellationToken) => null;

    public string? AskSecret(string prompt, CancellationToken cancellationToken) => null;
}
