namespace MfaSts.Findings;

/// <summary>What is said of a finding. Each is one or more whole sentences.</summary>
/// <param name="Message">What is there.</param>
/// <param name="Affects">Which tools are affected, and how.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record FindingWords(string Message, string Affects, string Remedy);
