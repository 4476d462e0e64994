namespace MfaSts.Aws;

/// <summary>A part of a list.</summary>
/// <param name="Items">What is in it.</param>
/// <param name="Marker">Where the next part begins, or null when there is none.</param>
internal sealed record IamPage<T>(IReadOnlyList<T> Items, string? Marker);
