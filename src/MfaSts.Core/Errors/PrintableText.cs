using System.Globalization;
using System.Text;

namespace MfaSts.Errors;

/// <summary>Makes text from files, services and parameters safe to print: a control character is shown, never sent to the terminal.</summary>
public static class PrintableText
{
    /// <summary>Replaces control, format and line-separator characters by <c>\uXXXX</c>; other text is returned as it is.</summary>
    public static string Escape(string? text)
    {
        if (string.IsNullOrEmpty(text) || !text.Any(IsUnsafe))
        {
            return text ?? string.Empty;
        }

        var shown = new StringBuilder(text.Length + 16);
        foreach (char c in text)
        {
            if (IsUnsafe(c))
            {
                shown.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                shown.Append(c);
            }
        }

        return shown.ToString();
    }

    // Format characters include the bidirectional overrides, which can make a name read as another one.
    private static bool IsUnsafe(char c) => char.IsControl(c)
        || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
