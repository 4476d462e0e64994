using System.Text;
using System.Text.RegularExpressions;

namespace MfaSts.Sessions;

/// <summary>
/// Finds the code in what an mfa_process has printed: <c>ykman</c> prints the account's name before it, password managers colour it or tell
/// to touch the key first. A run of six digits counts when it is the only one.
/// </summary>
internal static partial class CodeOutput
{
    /// <summary>The code, or why there is none. What was printed is not repeated: it may be another secret.</summary>
    /// <param name="output">All that was printed.</param>
    public static (string? Code, string WhyNot) Read(string output)
    {
        string text = Plain(TerminalSequence().Replace(output, string.Empty));
        string bare = TokenCode.Bare(text);
        if (TokenCode.IsCode(bare))
        {
            return (bare, string.Empty);
        }

        string[] codes = [.. Run().Matches(text).Select(run => TokenCode.Bare(run.Value)).Distinct()];
        return codes.Length == 1 ? (codes[0], string.Empty) : (null, WhyNot(text, bare, codes.Length));
    }

    private static string WhyNot(string text, string bare, int count)
    {
        if (bare.Length == 0)
        {
            return "it printed nothing";
        }

        int lines = text.Split('\n').Count(line => TokenCode.Bare(line).Length > 0);
        string printed = lines == 1 ? "one line" : $"{lines} lines";
        return count > 1 ? $"it printed {printed} with {count} different runs of six digits"
            : !bare.Any(char.IsAsciiDigit) ? $"it printed {printed} without a digit"
            : $"it printed {printed} without a run of six digits";
    }

    // Line ends stay, so that digits of two lines do not make one code; what Unicode adds to them and to digits goes.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            plain.Append(
                rune.Value == '\n' ? "\n" : Rune.IsWhiteSpace(rune) ? " " : TokenCode.IsIgnored(rune)
                    && !IsDash(rune) ? string.Empty : TokenCode.WithAsciiDigit(rune));
        }

        return plain.ToString();
    }

    private static bool IsDash(Rune rune) => Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.DashPunctuation;

    // ECMA-48: CSI and OSC sequences, and those of two characters.
    [GeneratedRegex(@"\x1B(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1B]*(?:\x07|\x1B\\)|[@-Z\\-_])")]
    private static partial Regex TerminalSequence();

    // Six digits together, or three and three as they are shown; neither as a part of a longer number.
    [GeneratedRegex(@"(?<![0-9])[0-9]{6}(?![0-9])|(?<![0-9][ -]?)[0-9]{3}[ \p{Pd}][0-9]{3}(?![ -]?[0-9])")]
    private static partial Regex Run();
}
