using MfaSts.Files;

namespace MfaSts.Profiles;

/// <summary>The shared config file, its section names read as botocore reads them.</summary>
internal sealed class ConfigFile(IniDocument document)
{
    private const string Default = "default";

    /// <summary>The section of a profile, or null. Of [default] and [profile default], the latter in the file counts (botocore).</summary>
    public IniSection? FindProfile(string profile)
    {
        // The two usual spellings are looked up; only a name that is neither makes the whole list be read.
        var plain = document.Find("profile " + profile);
        if (profile != Default && plain is not null && !document.Sections.Any(s => s != plain && IsQuoted(s) && NameIn(s, "profile") == profile))
        {
            return plain;
        }

        return document.Sections.LastOrDefault(section => ProfileOf(section) == profile);
    }

    /// <summary>The section <c>[services name]</c>, or null.</summary>
    public IniSection? FindServices(string name) => document.Sections.LastOrDefault(section => NameIn(section, "services") == name);

    /// <summary>The names of all profiles.</summary>
    public IEnumerable<string> ProfileNames() => document.Sections.Select(ProfileOf).OfType<string>().Distinct();

    private static string? ProfileOf(IniSection section) => section.Name == Default ? Default : NameIn(section, "profile");

    private static bool IsQuoted(IniSection section) => section.Name.StartsWith("profile", StringComparison.Ordinal)
        && section.Name.AsSpan().IndexOfAny("\"'\\\t") >= 0;

    private static string? NameIn(IniSection section, string kind)
    {
        if (!section.Name.StartsWith(kind, StringComparison.Ordinal))
        {
            return null;
        }

        return ShellWords.TrySplit(section.Name) is [_, var name] ? name : null;
    }
}
