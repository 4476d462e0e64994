namespace MfaSts.Files;

/// <summary>Something in a file that MfaSts reads and another tool does not.</summary>
/// <param name="Line">The line, counted from 1, or null when it is about the whole file.</param>
/// <param name="What">What it is; like the others a clause without capital letter and full stop.</param>
/// <param name="Affects">Which tool does what with it.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Repair">Does it, in a document that may have changed since; or null.</param>
internal sealed record IniRemark(
    int? Line, string What, string Affects, string Remedy, Func<IniDocument, IniDocument>? Repair = null);
