using System.Globalization;
using System.Text;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MfaSts.Help.Tests.Guide;

/// <summary>A Markdown page that people read on GitHub: its links, headings, code and tables.</summary>
internal sealed class GuidePage
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseYamlFrontMatter().Build();

    private readonly MarkdownDocument _document;

    internal GuidePage(string path)
    {
        Path = path;
        Text = File.ReadAllText(path);
        _document = Markdown.Parse(Text, Pipeline);
    }

    /// <summary>The file, as a whole path.</summary>
    internal string Path { get; }

    /// <summary>The file, from the repository's folder.</summary>
    internal string Name => System.IO.Path.GetRelativePath(Repository.Root, Path).Replace('\\', '/');

    internal string Text { get; }

    /// <summary>The targets of its links and pictures.</summary>
    internal IEnumerable<string> Links => _document.Descendants<LinkInline>().Select(link => link.Url!)
        .Concat(_document.Descendants<AutolinkInline>().Where(link => !link.IsEmail).Select(link => link.Url));

    /// <summary>What stands in backquotes within the text.</summary>
    internal IEnumerable<string> Code => CodeIn(_document);

    /// <summary>What GitHub makes of the headings, for links to lead to.</summary>
    internal IEnumerable<string> Anchors => _document.Descendants<HeadingBlock>().Select(heading => Slug(PlainText(heading.Inline!)));

    /// <summary>Each row's cells in backquotes, without the heads.</summary>
    internal IEnumerable<string[][]> Rows => _document.Descendants<TableRow>().Where(row => !row.IsHeader)
        .Select(row => row.OfType<TableCell>().Select(cell => CodeIn(cell).ToArray()).ToArray());

    /// <summary>The text without front matter and fenced code: what is read as sentences.</summary>
    internal string Prose => string.Join('\n', _document.Where(block => block is not (FencedCodeBlock or YamlFrontMatterBlock))
        .Select(block => Text[block.Span.Start..(block.Span.End + 1)]));

    private static IEnumerable<string> CodeIn(MarkdownObject part) => part.Descendants<CodeInline>().Select(code => code.Content);

    private static string PlainText(ContainerInline inline) => string.Concat(inline.Descendants().Select(part => part switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        _ => string.Empty,
    }));

    private static string Slug(string heading)
    {
        var slug = new StringBuilder();
        foreach (char c in heading.ToLower(CultureInfo.InvariantCulture))
        {
            slug.Append(c == ' ' ? '-' : char.IsLetterOrDigit(c) || c is '-' or '_' ? c : null);
        }

        return slug.ToString();
    }
}
