namespace MfaSts.Help.Model;

/// <summary>One parameter.</summary>
internal sealed record ParameterHelp(string Name, IReadOnlyList<string> Description, ParameterFacts Facts);
