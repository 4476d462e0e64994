using System.Text;

namespace MfaSts.Profiles;

/// <summary>Python's shlex.split, with which botocore takes <c>[profile "a b"]</c> apart.</summary>
internal static class ShellWords
{
    /// <summary>The words, or null when a quote is not closed.</summary>
    public static List<string>? TrySplit(string text)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        char? quote = null;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quote is null && c is ' ' or '\t' or '\r' or '\n')
            {
                EndWord(words, ref word);
                continue;
            }

            word ??= new StringBuilder();
            if (c == quote)
            {
                quote = null;
            }
            else if (quote is null && c is '"' or '\'')
            {
                quote = c;
            }
            else if (c == '\\' && quote != '\'')
            {
                if (++i == text.Length)
                {
                    return null;
                }

                // Inside double quotes a backslash only escapes itself and the quote.
                word.Append(quote == '"' && text[i] is not ('"' or '\\') ? "\\" : string.Empty).Append(text[i]);
            }
            else
            {
                word.Append(c);
            }
        }

        EndWord(words, ref word);
        return quote is null ? words : null;
    }

    private static void EndWord(List<string> words, ref StringBuilder? word)
    {
        if (word is not null)
        {
            words.Add(word.ToString());
            word = null;
        }
    }
}
