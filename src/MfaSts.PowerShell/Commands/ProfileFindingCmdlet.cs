using System.Management.Automation;
using MfaSts.PowerShell.Hosting;

namespace MfaSts.PowerShell.Commands;

/// <summary>Finds what keeps AWS tools from profiles' sessions: what Test-MfaProfile and Repair-MfaProfile share.</summary>
public abstract class ProfileFindingCmdlet : MfaCmdlet
{
    /// <summary>The findings of the profiles that are named; of all when none is. A name that is no pattern must be a profile's.</summary>
    private protected IReadOnlyList<MfaProfileFinding> FindingsOf(string[]? patterns)
    {
        if (patterns is null)
        {
            return Doctor.Examine();
        }

        // What concerns the files as such is found once for each profile.
        var found = new Dictionary<string, MfaProfileFinding>();
        foreach (string profile in Named(patterns))
        {
            foreach (var finding in Doctor.Examine(profile))
            {
                found.TryAdd($"{finding.Profile}/{finding}", finding);
            }
        }

        return [.. found.Values];
    }

    private IEnumerable<string> Named(string[] patterns)
    {
        foreach (string pattern in patterns)
        {
            if (!WildcardPattern.ContainsWildcardCharacters(pattern))
            {
                yield return pattern;
                continue;
            }

            var wildcard = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase);
            foreach (string name in Doctor.ProfileNames().Where(wildcard.IsMatch))
            {
                yield return name;
            }
        }
    }
}
