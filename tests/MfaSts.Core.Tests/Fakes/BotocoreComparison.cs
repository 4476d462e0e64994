using System.Text;
using System.Text.Json;
using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.Tests.Fakes;

/// <summary>One file as MfaSts and as botocore read it.</summary>
internal static class BotocoreComparison
{
    // The rows of the grammar's table where MfaSts refuses what botocore reads, by the words of the refusal.
    private static readonly string[] Refusals =
    [
        "brackets after it", // 20
        "an indented 'key = value'", // 13
        "an indented [section]", // 22
        "is already in line", // 18: botocore merges only [DEFAULT]
        "UTF-16", // 2: a NUL at the start
    ];

    // 16: what [DEFAULT] has, botocore reads only where a section inherits it.
    private const string NestedRefusal = "a line of a nested block has no '='";

    /// <summary>Compares the two.</summary>
    /// <param name="file">The file.</param>
    /// <param name="expected">What botocore reads; null where it refuses the file.</param>
    /// <param name="readByBoth">Both read it.</param>
    /// <returns>Where they differ against the grammar's table; null when they do not.</returns>
    public static string? Difference(byte[] file, BotocoreFile? expected, out bool readByBoth)
    {
        readByBoth = false;
        IniDocument document;
        try
        {
            document = IniDocument.Parse(file);
        }
        catch (IniFormatException e)
        {
            bool isByTheTable = Refusals.Any(e.Message.Contains)
                || (e.Message.Contains(NestedRefusal, StringComparison.Ordinal) && IsInDefaults(file));
            return expected is null || isByTheTable ? null : $"botocore reads it, and it is refused with '{e.Message}': {Show(file)}";
        }

        if (expected is null)
        {
            return $"botocore refuses what is read here: {Show(file)}";
        }

        readByBoth = true;
        return (Sections(expected, document) ?? Profiles(expected, document)) is { } difference ? $"{difference} of {Show(file)}" : null;
    }

    public static string Show(byte[] bytes) =>
        Encoding.UTF8.GetString(bytes).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n\n", StringComparison.Ordinal);

    // Whether the line that is refused lies in [DEFAULT].
    private static bool IsInDefaults(byte[] file)
    {
        var reader = new IniReader(file, 0, file.Length, line: 1, inSection: false);
        bool isInDefaults = false;
        try
        {
            while (reader.Read(out var line))
            {
                isInDefaults = line.Kind == IniLineKind.Header
                    ? Encoding.UTF8.GetString(file[line.NameStart..line.NameEnd]) == IniDocument.DefaultsName
                    : isInDefaults;
            }
        }
        catch (IniFormatException)
        {
            // Here it is.
        }

        return isInDefaults;
    }

    private static string? Sections(BotocoreFile expected, IniDocument document)
    {
        var sections = document.Sections.Where(section => section.Name != IniDocument.DefaultsName).ToList();
        return expected.Sections.Keys.SequenceEqual(sections.Select(section => section.Name))
            ? sections.Select(
                section => Keys(expected.Sections[section.Name], document, section) ?? Nested(
                    expected.Nested[section.Name], document, section)).FirstOrDefault(found => found is not null)
            : "sections";
    }

    private static string? Keys(Dictionary<string, string> expected, IniDocument document, IniSection section)
    {
        string[] names = [.. section.Keys.Concat(document.Defaults?.Keys ?? []).Select(key => key.Name)];
        if (!expected.Keys.Order().SequenceEqual(names.Select(name => name.ToLowerInvariant()).Distinct().Order()))
        {
            return $"keys of [{section.Name}]";
        }

        string? key = expected.Keys.FirstOrDefault(name => section[name] != expected[name]);
        return key is null ? null : $"[{section.Name}] {key}: '{section[key]}', not '{expected[key]}',";
    }

    private static string? Nested(Dictionary<string, Dictionary<string, string>> expected, IniDocument document, IniSection section)
    {
        foreach ((string key, var inner) in expected)
        {
            foreach ((string name, string value) in inner)
            {
                var found = section.FindKey(key) ?? document.Defaults!.FindKey(key);
                if (name.Length > 0 && found!.GetNested(name) != value)
                {
                    return $"[{section.Name}] {key}.{name}";
                }
            }
        }

        return null;
    }

    private static string? Profiles(BotocoreFile expected, IniDocument document)
    {
        var config = new ConfigFile(document);
        if (!expected.Profiles.Keys.Order().SequenceEqual(config.ProfileNames().Order()))
        {
            return "profiles";
        }

        foreach ((string profile, var keys) in expected.Profiles)
        {
            var found = config.FindProfile(profile);
            if (found is null || !keys.EnumerateObject().All(key => IsValue(found, key)))
            {
                return $"profile '{profile}'";
            }
        }

        return null;
    }

    private static bool IsValue(IniSection section, JsonProperty key) =>
        key.Value.ValueKind == JsonValueKind.Object ? section[key.Name] is not null : section[key.Name] == key.Value.GetString();
}
