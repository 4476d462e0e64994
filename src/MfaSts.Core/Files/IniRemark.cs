namespace MfaSts.Files;

/// <summary>Something in a file that MfaSts reads and another tool does not.</summary>
/// <param name="Line">The line, counted from 1, or null when it is about the whole file.</param>
/// <param name="Text">What it is and what to do.</param>
internal sealed record IniRemark(int? Line, string Text)
{
    public override string ToString() => Line is null ? Text : $"line {Line}: {Text}";
}
