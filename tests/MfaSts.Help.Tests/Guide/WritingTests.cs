using System.Text.RegularExpressions;

namespace MfaSts.Help.Tests.Guide;

/// <summary>What keeps the pages short, and what nobody should read in them.</summary>
public sealed partial class WritingTests
{
    [Fact]
    public void Front_page_is_one_screen()
    {
        string text = Repository.Page("README.md").Text;

        Assert.InRange(text.Split('\n').Length, 1, 150);
        Assert.InRange(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length, 1, 1300);
    }

    [Fact]
    public void Page_of_the_guide_has_fewer_than_200_lines() =>
        Assert.All(Repository.Guide, page => Assert.True(page.Text.Split('\n').Length < 200, page.Name));

    [Fact]
    public void User_is_nowhere_a_man()
    {
        string[] files = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "MfaSts.psd1", "build.ps1"];
        var shipped = files.Select(Repository.At)
            .Concat(((string[])["docs", "src", ".github"]).SelectMany(folder => Repository.Files(folder, "*.*")))
            .Where(path => Path.GetExtension(path) is ".md" or ".cs" or ".ps1" or ".psd1" or ".ps1xml" or ".yml");

        Assert.All(shipped, path => Assert.DoesNotMatch(Man(), File.ReadAllText(path)));
    }

    [GeneratedRegex(@"\b(he|his|him|himself)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Man();
}
