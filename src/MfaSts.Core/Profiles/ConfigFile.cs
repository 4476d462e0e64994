using MfaSts.Files;

namespace MfaSts.Profiles;

/// <summary>The shared config file, its section names read as botocore reads them.</summary>
internal sealed class ConfigFile(IniDocument document)
{
    private const string Default = "default";

    private Dictionary<string, IniSection>? _byProfile;
    private bool _wasAsked;

    /// <summary>The section of a profile, or null. Of [default] and [profile default], the latter in the file counts (botocore).</summary>
    public IniSection? FindProfile(string profile)
    {
        // Who asks for one profile pays for one; who asks again lists many.
        if (_wasAsked)
        {
            return (_byProfile ??= Index()).GetValueOrDefault(profile);
        }

        // Only a section that can hold the name at all is taken apart: among thousands, that is one.
        _wasAsked = true;
        return document.Sections.LastOrDefault(section => MayName(section, profile) && ProfileOf(section) == profile);
    }

    /// <summary>Sets, or with null removes, keys of a profile, whose section is made when it is not there.</summary>
    public static IniDocument SetProfile(IniDocument document, string profile, IReadOnlyCollection<KeyValuePair<string, string?>> values)
    {
        string section = new ConfigFile(document).FindProfile(profile)?.Name ?? (profile == Default ? profile : "profile " + profile);
        return document.Find(section) is null && values.All(pair => pair.Value is null) ? document : document.Set(section, values);
    }

    /// <summary>The section <c>[services name]</c>, or null.</summary>
    public IniSection? FindServices(string name) => document.Sections.LastOrDefault(section => NameIn(section.Name, "services") == name);

    /// <summary>The names of all profiles.</summary>
    public IEnumerable<string> ProfileNames() => document.Sections.Select(ProfileOf).OfType<string>().Distinct();

    /// <summary>The names of the profiles that have a key.</summary>
    public IEnumerable<string> ProfilesWith(string key) =>
        document.Sections.Where(section => CredentialKeys.NotEmpty(section, key) is not null).Select(ProfileOf).OfType<string>();

    private Dictionary<string, IniSection> Index()
    {
        var index = new Dictionary<string, IniSection>();
        foreach (var section in document.Sections)
        {
            if (ProfileOf(section) is { } name)
            {
                index[name] = section;
            }
        }

        return index;
    }

    /// <summary>The profile that a section's name means, or null.</summary>
    public static string? ProfileOf(string section) => section == Default ? Default : NameIn(section, "profile");

    private static string? ProfileOf(IniSection section) => ProfileOf(section.Name);

    private static bool MayName(IniSection section, string profile) =>
        section.Name.Contains(profile, StringComparison.Ordinal) || section.Name.AsSpan().IndexOfAny('"', '\'', '\\') >= 0;

    private static string? NameIn(string section, string kind)
    {
        if (!section.StartsWith(kind, StringComparison.Ordinal))
        {
            return null;
        }

        return ShellWords.TrySplit(section) is [_, var name] ? name : null;
    }
}
