using System.Management.Automation;

namespace MfaSts.PowerShell.Hosting;

/// <summary>How the listing cmdlets choose: nothing named is everything, a wildcard may match nothing, a name must be there.</summary>
internal static class Matching
{
    public static void Write<T>(Cmdlet cmdlet, IEnumerable<T> all, Func<T, string> nameOf, string[]? patterns, Action<string> reportMissing)
    {
        // A copy, so that Get- | Remove- cannot change what is being listed.
        List<T> items = [.. all];
        foreach (string pattern in patterns ?? ["*"])
        {
            var wildcard = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase);
            bool isWildcard = WildcardPattern.ContainsWildcardCharacters(pattern);
            List<T> found = [.. items.Where(item => isWildcard ? wildcard.IsMatch(nameOf(item)) : nameOf(item) == pattern)];
            if (found.Count == 0 && !isWildcard)
            {
                reportMissing(pattern);
            }

            found.ForEach(item => cmdlet.WriteObject(item));
        }
    }
}
