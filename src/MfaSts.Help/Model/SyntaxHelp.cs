namespace MfaSts.Help.Model;

/// <summary>One parameter set.</summary>
/// <param name="Set">Its name.</param>
/// <param name="Parameters">The names of its parameters, in the order in which they are shown.</param>
internal sealed record SyntaxHelp(string Set, IReadOnlyList<string> Parameters);
