using System.Globalization;
using System.Text;
using MfaSts.Errors;

namespace MfaSts.Sessions;

/// <summary>The form of an MFA code.</summary>
public static class TokenCode
{
    /// <summary>Every code of every device has so many digits.</summary>
    public const int Length = 6;

    private const int MinusSign = 0x2212;

    /// <summary>
    /// Checks a code before anything is sent. What comes with it off a screen, a clipboard or a pipe is dropped: white space, line ends,
    /// control and format characters (a byte order mark among them) and dashes, as Unicode has them; digits of other scripts count as
    /// digits.
    /// </summary>
    /// <exception cref="MfaException">TokenCodeMalformed. The code is not in its words.</exception>
    public static string Require(string profile, string? code)
    {
        string digits = Bare(code ?? string.Empty);
        return IsCode(digits) ? digits : throw MfaErrors.TokenCodeMalformed(profile, digits.All(char.IsAsciiDigit) ? digits.Length : null);
    }

    /// <summary>A character that may stand in or around a code and says nothing.</summary>
    public static bool IsIgnored(Rune rune) => Rune.IsWhiteSpace(rune) || rune.Value == MinusSign || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.DashPunctuation or UnicodeCategory.SpaceSeparator;

    /// <summary>The text without what is ignored, and with its digits as those of ASCII.</summary>
    internal static string Bare(string text)
    {
        var bare = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsIgnored(rune))
            {
                bare.Append(WithAsciiDigit(rune));
            }
        }

        return bare.ToString();
    }

    /// <summary>A character, as ASCII's if it is a digit of any script.</summary>
    internal static string WithAsciiDigit(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber
        ? ((int)Rune.GetNumericValue(rune)).ToString(CultureInfo.InvariantCulture)
        : rune.ToString();

    /// <summary>Six digits.</summary>
    internal static bool IsCode(string text) => text.Length == Length && text.All(char.IsAsciiDigit);
}
