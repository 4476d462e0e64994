using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;

namespace MfaSts.Help.Reading;

/// <summary>One Markdown file: its front matter, and its sections.</summary>
internal sealed class HelpPage
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseYamlFrontMatter().UsePipeTables().Build();

    private readonly Dictionary<string, string> _header;

    private HelpPage(string path, MarkdownDocument document)
    {
        Path = path;
        _header = document.OfType<YamlFrontMatterBlock>().FirstOrDefault() is { } header
            ? Yaml.Read<Dictionary<string, string>>(this, header.Line + 1, header.Lines.ToString())
            : [];
        var top = HelpSection.Split(this, document, level: 1);
        if (top is not [var only] || only.Title != Header("title"))
        {
            throw new HelpFormatException(path, 1, "A page has one heading of the first level: its title.");
        }

        Sections = only.Parts(level: 2);
    }

    /// <summary>Where it is.</summary>
    internal string Path { get; }

    /// <summary>The cmdlet or topic.</summary>
    internal string Title => Header("title");

    /// <summary>The sections, by their order.</summary>
    internal IReadOnlyList<HelpSection> Sections { get; }

    /// <summary>Reads a file.</summary>
    internal static HelpPage Read(string path) => new(path, Markdown.Parse(File.ReadAllText(path), Pipeline));

    /// <summary>What the front matter says.</summary>
    internal string Header(string key) =>
        _header.TryGetValue(key, out string? value) ? value : throw new HelpFormatException(Path, 1, $"The front matter has no '{key}'.");

    /// <summary>The section of a title.</summary>
    internal HelpSection Section(string title) =>
        Sections.FirstOrDefault(section => section.Title == title)
            ?? throw new HelpFormatException(Path, 1, $"There is no section '{title}'.");
}
