using System.CommandLine;

namespace MfaSts.Cli.Commands;

/// <summary>A command with what help says of it beyond its description.</summary>
internal abstract class DescribedCommand : Command
{
    /// <param name="name">The command's name.</param>
    /// <param name="operands">What follows the name, as in a manual page; empty for nothing.</param>
    /// <param name="description">One line.</param>
    /// <param name="examples">Lines to be typed.</param>
    protected DescribedCommand(string name, string operands, string description, params IReadOnlyList<string> examples)
        : base(name, description)
    {
        Synopsis = operands.Length == 0 ? name : $"{name} {operands}";
        Examples = examples;
    }

    /// <summary>The name with its operands.</summary>
    public string Synopsis { get; }

    public IReadOnlyList<string> Examples { get; }
}
