namespace MfaSts.Help.Model;

/// <summary>What a cmdlet takes from the pipeline, or gives.</summary>
internal sealed record TypeHelp(string Name, IReadOnlyList<string> Description);
