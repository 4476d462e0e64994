using System.Globalization;
using System.Text;
using MfaSts.Errors;
using MfaSts.Platform;

namespace MfaSts.Profiles;

/// <summary>The line by which AWS tools call <c>mfasts</c> for a profile.</summary>
internal static class CredentialProcessCommand
{
    private const string Verb = " credential-process ";

    /// <summary>
    /// The value of <c>credential_process</c>. Two SDKs give it to a shell and one splits it like a shell, so only what all read alike may
    /// stand in it: letters of any script, and in double quotes whatever no shell expands there.
    /// </summary>
    /// <exception cref="MfaException">ProfileUnsuitable: path or profile have another character.</exception>
    public static string For(string program, string profile) => Word(program, profile) + Verb + Word(profile, profile);

    /// <summary>The value is one that <see cref="For"/> made.</summary>
    public static bool IsOurs(string value)
    {
        int verb = value.IndexOf(Verb, StringComparison.Ordinal);
        return verb > 0 && Path.GetFileNameWithoutExtension(value[..verb].Trim('"').Replace('\\', '/')) == "mfasts";
    }

    private static string Word(string word, string profile)
    {
        var characters = ThisSystem.Platform.CommandCharacters;
        if (word.Length == 0 || word.StartsWith('-') || WhyNot(word, characters) is not null)
        {
            throw MfaErrors.CommandUnsafe(profile, word, WhyNot(word, characters) ?? "it would be taken for an option");
        }

        return characters.IsBare(word) ? word : $"\"{word}\"";
    }

    /// <summary>
    /// The character that cannot stand in the line, or null. Blanks before # and ; begin a comment for the SDK for JavaScript.
    /// </summary>
    internal static string? WhyNot(string word, CommandCharacters characters)
    {
        foreach (var rune in word.EnumerateRunes())
        {
            bool isInvisible =
                Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate
                    or UnicodeCategory.PrivateUse
                || (Rune.IsWhiteSpace(rune) && rune.Value != ' ');
            if (isInvisible || (rune.IsAscii && characters.Refused.Contains((char)rune.Value, StringComparison.Ordinal)))
            {
                return isInvisible ? $"it has the character U+{rune.Value:X4}" : $"it has the character {rune}";
            }
        }

        bool hasComment = word.Contains(" #", StringComparison.Ordinal) || word.Contains(" ;", StringComparison.Ordinal);
        return hasComment ? "it has a blank before # or ;" : null;
    }
}
