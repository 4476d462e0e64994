namespace MfaSts.Profiles;

/// <summary>Finds the name that a mistyped one was meant to be.</summary>
internal static class NearestName
{
    // One slip in three letters is a slip still; with more than two, any short name would be near another.
    private const int LettersForOneSlip = 3;
    private const int MostSlips = 2;

    // No name that a person types is longer, and the work grows with the square of it.
    private const int LongestName = 100;

    /// <summary>
    /// The nearest of the known names: one that differs in upper and lower case only, else the one with the fewest letters left out, added,
    /// changed or swapped with their neighbour. Of several that are as near, the first.
    /// </summary>
    /// <returns>Null when none is near, or when the name itself is known, so that it is not mistyped.</returns>
    public static string? Among(IEnumerable<string> known, string name)
    {
        string? nearest = null;
        int fewest = MostSlips + 1;
        foreach (string candidate in known)
        {
            if (candidate == name)
            {
                return null;
            }

            int slips = Slips(candidate, name);
            if (slips < fewest)
            {
                (nearest, fewest) = (candidate, slips);
            }
        }

        return nearest;
    }

    // More than MostSlips when the two are not near.
    private static int Slips(string candidate, string name)
    {
        if (candidate.Equals(name, StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        int longest = Math.Max(candidate.Length, name.Length);
        int most = Math.Min(longest / LettersForOneSlip, MostSlips);
        bool isOutOfReach = longest > LongestName || Math.Abs(candidate.Length - name.Length) > most;
        int slips = isOutOfReach ? int.MaxValue : Distance(candidate.ToUpperInvariant(), name.ToUpperInvariant());
        return slips <= most ? slips : int.MaxValue;
    }

    // Damerau and Levenshtein's, with each letter swapped once at most ("optimal string alignment"), three rows of its table at a time.
    private static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        Span<int> beforeLast = stackalloc int[LongestName + 1];
        Span<int> last = stackalloc int[LongestName + 1];
        Span<int> row = stackalloc int[LongestName + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int changed = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(changed, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }

            var free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }

        return last[b.Length];
    }
}
