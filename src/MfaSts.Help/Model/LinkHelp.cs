namespace MfaSts.Help.Model;

/// <summary>Where more is said.</summary>
/// <param name="Text">Its name.</param>
/// <param name="Address">Its web address, or null when Get-Help shows it.</param>
internal sealed record LinkHelp(string Text, string? Address);
