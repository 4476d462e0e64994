using System.Globalization;
using System.Text;

namespace MfaSts.Errors;

/// <summary>
/// Makes text from files, services and parameters safe to print: a control character is shown, never sent to the terminal.
/// </summary>
public static class PrintableText
{
    /// <summary>
    /// Replaces control, format and line-separator characters by <c>\uXXXX</c> or <c>\UXXXXXXXX</c>; other text is returned as it is.
    /// </summary>
    public static string Escape(string? text)
    {
        if (string.IsNullOrEmpty(text) || !text.EnumerateRunes().Any(IsUnsafe))
        {
            return text ?? string.Empty;
        }

        var shown = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            shown.Append(IsUnsafe(rune) ? Code(rune) : rune.ToString());
        }

        return shown.ToString();
    }

    private static string Code(Rune rune) => rune.IsBmp
        ? string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}")
        : string.Create(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}");

    // Format characters include the bidirectional overrides, which can make a name read as another one.
    private static bool IsUnsafe(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
