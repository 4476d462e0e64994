using System.Xml.Linq;
using MfaSts.Help.Reading;

namespace MfaSts.Help.Tests;

/// <summary>A page of a cmdlet, and its MAML.</summary>
public sealed class CommandPageTests : IDisposable
{
    private readonly ScratchPages _pages = new();

    [Fact]
    public void Page_becomes_a_command()
    {
        var root = _pages.Maml(ScratchPages.Good);

        Assert.Equal(["Get-Some"], Texts(root, "details", "name"));
        Assert.Equal(["Gets some."], Texts(root, "details", "para"));
        Assert.Equal(["Get-Some"], Texts(root, "example", "code"));
        Assert.Equal(["some\n  more", "That is some.", string.Empty], Texts(root, "remarks", "para"));
        Assert.Equal(["Nothing is written."], Texts(root, "alert", "para"));
    }

    [Fact]
    public void First_link_is_the_page_on_the_web()
    {
        var links = _pages.Maml(ScratchPages.Good).Descendants().Where(element => element.Name.LocalName == "navigationLink");

        Assert.Equal(
            ["Online Version:|https://example.com/Get-Some.md", "Get-Some|"], links.Select(
                link => string.Join('|', link.Elements().Select(element => element.Value))));
    }

    [Fact]
    public void Markdown_becomes_plain_text() => Assert.Contains(
        "Gets some of it, and more (https://example.com/more).|- one\n- two",
        string.Join('|', Texts(_pages.Maml(ScratchPages.Good), "command", "para")),
        StringComparison.Ordinal);

    [Fact]
    public void Parameter_has_what_its_yaml_says()
    {
        var parameter = _pages.Maml(ScratchPages.Good).Descendants().First(element => element.Name.LocalName == "parameter");

        Assert.Equal(
            "required=false variableLength=false globbing=true pipelineInput=True (ByPropertyName, ByValue) position=named aliases=N",
            string.Join(' ', parameter.Attributes().Select(attribute => $"{attribute.Name}={attribute.Value}")));
        Assert.Equal(
            ["Name", "Its name.", "TimeSpan", "TimeSpan", "None"],
            parameter.Descendants().Where(element => !element.HasElements).Select(element => element.Value));
    }

    [Theory]
    [InlineData("title: Get-Some", "title: Get-Other", 1, "one heading of the first level")]
    [InlineData("HelpUri:", "Uri:", 1, "no 'HelpUri'")]
    [InlineData("## NOTES", "## REMARKS", 1, "no section 'NOTES'")]
    [InlineData("\nNothing is written.\n", "", 80, "'NOTES' has no text")]
    [InlineData("[-Name <string>]", "[-Title <string>]", 15, "shows -Title")]
    [InlineData("- Name: All", "- Name: Other", 15, "shows -Name")]
    [InlineData("SupportsWildcards: true", "SupportsWildcards: [", 53, "No node deserializer")]
    [InlineData("SupportsWildcards:", "SupportsBlanks:", 53, "SupportsBlanks")]
    [InlineData("```powershell\nGet-Some\n```\n", "", 31, "no block of powershell")]
    [InlineData("That is some.", "That is <some>.", 42, "Code belongs in backquotes")]
    [InlineData("That is some.", "> That is some.", 42, "cannot show a QuoteBlock")]
    [InlineData("(Get-Some.md)", "(Get-Other.md)", 86, "no page 'Get-Other.md'")]
    public void Page_that_is_not_of_the_schema_is_refused_with_its_line(string right, string wrong, int line, string why)
    {
        string text = ScratchPages.Good.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(ScratchPages.Good, text);

        var failure = Assert.Throws<HelpFormatException>(() => _pages.Maml(text));

        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.Equal("Get-Some.md", Path.GetFileName(failure.Path));
        Assert.Equal(line, failure.Line);
    }

    public void Dispose() => _pages.Dispose();

    private static IEnumerable<string> Texts(XElement root, string owner, string name) => root
        .Descendants().First(element => element.Name.LocalName == owner)
        .Descendants().Where(element => element.Name.LocalName == name).Select(element => element.Value);
}
