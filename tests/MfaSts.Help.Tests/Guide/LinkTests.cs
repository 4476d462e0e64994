namespace MfaSts.Help.Tests.Guide;

/// <summary>Every link leads somewhere.</summary>
public sealed class LinkTests
{
    public static TheoryData<string> Pages => [.. Repository.Pages.Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Link_in_a_page_leads_to_a_file_and_a_heading_that_are_there(string name)
    {
        var page = Repository.Page(name);

        Assert.All(page.Links.Concat(PictureSources(page)), link => Assert.True(Leads(page, link), $"{name}: {link}"));
    }

    [Fact]
    public void Link_of_the_front_page_is_whole_for_readers_who_see_it_in_the_gallery() =>
        Assert.All(Repository.Page("README.md").Links, link => Assert.StartsWith("https://", link, StringComparison.Ordinal));

    [Fact]
    public void Page_of_the_guide_is_in_its_index()
    {
        var index = Repository.Page("docs/README.md").Links.Select(link => "docs/" + link.Split('#')[0]).ToList();
        // The one page that another page leads to.
        string[] second = ["docs/README.md", "docs/migration-options.md"];

        Assert.All(Repository.Guide.Select(page => page.Name).Except(second), page => Assert.Contains(page, index));
    }

    private static bool Leads(GuidePage page, string link)
    {
        string? own = Repository.Addresses.FirstOrDefault(address => link.StartsWith(address, StringComparison.Ordinal));
        if (own is null && link.Contains("://", StringComparison.Ordinal))
        {
            // Others' pages cannot be looked at here.
            return link.StartsWith("https://", StringComparison.Ordinal) && Uri.IsWellFormedUriString(link, UriKind.Absolute);
        }

        string[] parts = (own is null ? link : link[own.Length..]).Split('#');
        string target = parts[0].Length == 0 ? page.Path
            : Path.GetFullPath(Path.Combine(own is null ? Path.GetDirectoryName(page.Path)! : Repository.Root, parts[0]));
        return parts.Length == 1
            ? File.Exists(target) || Directory.Exists(target)
            : File.Exists(target) && new GuidePage(target).Anchors.Contains(parts[1]);
    }

    private static IEnumerable<string> PictureSources(GuidePage page) =>
        page.Text.Split('"').Where((_, index) => index % 2 == 1).Where(text => text.EndsWith(".svg", StringComparison.Ordinal));
}
