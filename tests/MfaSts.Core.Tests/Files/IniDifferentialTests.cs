using System.Text;
using System.Text.Json;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Files;

/// <summary>Thousands of generated files, read by MfaSts and by botocore itself.</summary>
public class IniDifferentialTests
{
    private const int Count = 5000;

    // The rows of the grammar's table where MfaSts refuses what botocore reads, by the words of the refusal.
    private static readonly string[] Refusals =
    [
        "brackets behind it", // 20
        "an indented 'key = value'", // 13
        "an indented [section]", // 22
        "already", // 18: botocore merges only [DEFAULT]
        "UTF-16", // 2: a NUL at the start
    ];

    [Fact]
    public void Read_AnyFile_IsAsBotocoreOrRefusedByTheTable()
    {
        var generator = new IniGenerator(20260304);
        List<byte[]> files = [.. Enumerable.Range(0, Count).Select(_ => generator.Next())];
        var expected = Botocore.Read(files);
        int readByBoth = 0;
        for (int i = 0; i < Count; i++)
        {
            string shown = Show(files[i]);
            IniDocument document;
            try
            {
                document = IniDocument.Parse(files[i]);
            }
            catch (IniFormatException e)
            {
                Assert.True(expected[i] is null || Refusals.Any(e.Message.Contains), $"botocore reads it, and it is refused with '{e.Message}': {shown}");
                continue;
            }

            Assert.True(expected[i] is not null, $"botocore refuses what is read here: {shown}");
            readByBoth++;
            AssertSame(expected[i]!, document, shown);
        }

        Assert.True(readByBoth > Count / 10, $"only {readByBoth} files were read by both");
    }

    private static void AssertSame(BotocoreFile expected, IniDocument document, string shown)
    {
        var sections = document.Sections.Where(section => section.Name != IniDocument.DefaultsName).ToList();
        Assert.True(expected.Sections.Keys.SequenceEqual(sections.Select(section => section.Name)), $"sections of {shown}");
        foreach (var section in sections)
        {
            AssertSame(expected.Sections[section.Name], document, section, shown);
            foreach ((string key, var inner) in expected.Nested[section.Name])
            {
                foreach ((string name, string value) in inner)
                {
                    var found = section.FindKey(key) ?? document.Defaults!.FindKey(key);
                    Assert.True(name.Length == 0 || found!.GetNested(name) == value, $"[{section.Name}] {key}.{name} of {shown}");
                }
            }
        }

        var config = new ConfigFile(document);
        Assert.True(expected.Profiles.Keys.Order().SequenceEqual(config.ProfileNames().Order()), $"profiles of {shown}");
        foreach ((string profile, var keys) in expected.Profiles)
        {
            var found = config.FindProfile(profile);
            Assert.True(found is not null && keys.EnumerateObject().All(key => IsValue(found, key)), $"profile '{profile}' of {shown}");
        }
    }

    private static void AssertSame(Dictionary<string, string> expected, IniDocument document, IniSection section, string shown)
    {
        string[] names = [.. section.Keys.Concat(document.Defaults?.Keys ?? []).Select(key => key.Name)];
        Assert.True(
            expected.Keys.Order().SequenceEqual(names.Select(name => name.ToLowerInvariant()).Distinct().Order()), $"keys of [{section.Name}] of {shown}");
        foreach ((string key, string value) in expected)
        {
            Assert.True(section[key] == value, $"[{section.Name}] {key} of {shown}: '{section[key]}', not '{value}'");
        }
    }

    private static bool IsValue(IniSection section, JsonProperty key) =>
        key.Value.ValueKind == JsonValueKind.Object ? section[key.Name] is not null : section[key.Name] == key.Value.GetString();

    private static string Show(byte[] bytes) => Encoding.UTF8.GetString(bytes).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n\n", StringComparison.Ordinal);
}
