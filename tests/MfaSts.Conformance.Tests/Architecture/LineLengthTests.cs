using System.Globalization;
using System.Text.RegularExpressions;
using MfaSts.Conformance.Tests.Support;

namespace MfaSts.Conformance.Tests.Architecture;

/// <summary>The one rule of .editorconfig that neither the compiler nor the formatter holds.</summary>
public sealed partial class LineLengthTests
{
    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void No_line_of_code_is_longer_than_editorconfig_says(string folder)
    {
        string rules = File.ReadAllText(Path.Combine(Repository.Root, ".editorconfig"));
        int most = int.Parse(MaxLineLength().Match(rules).Groups[1].Value, CultureInfo.InvariantCulture);

        var longer =
            Files(folder).SelectMany(file => File.ReadLines(file).Select((line, index) => (Place: $"{file}:{index + 1}", line.Length)));

        Assert.Empty(longer.Where(line => line.Length > most).Select(line => line.Place));
    }

    private static IEnumerable<string> Files(string folder) => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
        .Where(file => !BuildFolder().IsMatch(Path.GetRelativePath(Repository.Root, file)));

    [GeneratedRegex(@"^max_line_length = (\d+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex MaxLineLength();

    [GeneratedRegex(@"[/\\](bin|obj)[/\\]", RegexOptions.CultureInvariant)]
    private static partial Regex BuildFolder();
}
