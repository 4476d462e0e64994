using MfaSts.Cli.Terminal;

namespace MfaSts.Cli.Tests.Support;

/// <summary>A terminal at which nobody sits until an answer is given.</summary>
internal sealed class FakeTerminal : ITerminal
{
    private readonly Queue<Func<string?>> _answers = [];

    internal List<string> Prompts { get; } = [];

    /// <summary>Why there is nobody; null when there is somebody.</summary>
    internal string? Absence { get; set; } = "there is no terminal";

    public string? WhyNotAsk() => Absence;

    public string? Ask(string prompt, CancellationToken cancellationToken) => AskSecret("(shown) " + prompt, cancellationToken);

    public string? AskSecret(string prompt, CancellationToken cancellationToken)
    {
        Prompts.Add(prompt);
        return _answers.Dequeue()();
    }

    internal void WillAnswer(Func<string?> answer)
    {
        Absence = null;
        _answers.Enqueue(answer);
    }
}
