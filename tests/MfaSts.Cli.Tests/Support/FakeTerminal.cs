using MfaSts.Cli.Terminal;

namespace MfaSts.Cli.Tests.Support;

/// <summary>A terminal at which nobody sits until an answer is given.</summary>
internal sealed class FakeTerminal : ITerminal
{
    private readonly Queue<Func<string?>> _answers = [];

    internal List<string> Prompts { get; } = [];

    /// <summary>Those whose answers are not shown.</summary>
    internal List<string> SecretPrompts { get; } = [];

    /// <summary>Why there is nobody; null when there is somebody.</summary>
    internal string? Absence { get; set; } = "there is no terminal";

    public TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(120);

    public string? WhyNotAsk() => Absence;

    public string? Ask(string prompt, CancellationToken cancellationToken)
    {
        Prompts.Add(prompt);
        return _answers.Dequeue()();
    }

    public string? AskSecret(string prompt, CancellationToken cancellationToken)
    {
        SecretPrompts.Add(prompt);
        return Ask(prompt, cancellationToken);
    }

    internal void WillAnswer(params string[] answers)
    {
        foreach (string answer in answers)
        {
            WillAnswer(() => answer);
        }
    }

    internal void WillAnswer(Func<string?> answer)
    {
        Absence = null;
        _answers.Enqueue(answer);
    }
}
