using System.Text;

namespace MfaSts.Files;

/// <summary>How new lines are written so that they look like those around them.</summary>
internal sealed record IniStyle(string Indent, string Delimiter, string LineBreak)
{
    private const string UsualDelimiter = " = ";

    /// <summary>The style of the section's last key, else of the file's first key, else the usual one.</summary>
    public static IniStyle Of(IniDocument document, IniSection? section)
    {
        var model = section is { Keys.Count: > 0 } ? section.Keys[^1] : null;
        var spacing = model
            ?? document.Sections.Select(s => s.Keys.FirstOrDefault(k => !k.HasContinuation)).FirstOrDefault(k => k is not null);
        byte[] bytes = document.Bytes;
        return new IniStyle(
            model is null ? string.Empty : Encoding.UTF8.GetString(bytes, model.Line.Start, model.Line.TextStart - model.Line.Start),
            spacing is null ? UsualDelimiter : DelimiterOf(bytes, spacing.Line),
            LineBreakOf(bytes, section));
    }

    private static string DelimiterOf(byte[] bytes, IniLine line)
    {
        bool blankBefore = line.Delimiter > line.NameEnd;
        bool blankBehind = line.ValueStart == line.ValueEnd ? blankBefore : line.ValueStart > line.Delimiter + 1;
        return (blankBefore ? " " : string.Empty) + "=" + (blankBehind ? " " : string.Empty);
    }

    // The section's own line break, else the first of the file.
    private static string LineBreakOf(byte[] bytes, IniSection? section)
    {
        int from = section is null || section.Header.Next == bytes.Length ? 0 : section.Header.TextEnd;
        int index = bytes.AsSpan(from).IndexOfAny((byte)'\n', (byte)'\r');
        if (index < 0 || bytes[from + index] == '\n')
        {
            return "\n";
        }

        return from + index + 1 < bytes.Length && bytes[from + index + 1] == '\n' ? "\r\n" : "\r";
    }
}
