namespace MfaSts.Help.Model;

/// <summary>One example.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Code">What is typed.</param>
/// <param name="Remarks">What comes of it, and why.</param>
internal sealed record ExampleHelp(string Title, string Code, IReadOnlyList<string> Remarks);
