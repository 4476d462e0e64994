namespace MfaSts.Findings;

/// <summary>How a finding is repaired.</summary>
/// <param name="Description">What is changed, as an instruction: the user is asked about it.</param>
/// <param name="Run">Changes it. It looks at the files anew, and leaves alone what is no longer as it was found.</param>
internal sealed record FindingRepair(string Description, Action<CancellationToken> Run);
