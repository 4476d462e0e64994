using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MfaSts.Help.Reading;

/// <summary>Markdown as a console shows it: a paragraph is one line, for the console to break; code and lists keep theirs.</summary>
internal static class PlainText
{
    /// <summary>The paragraphs of some blocks.</summary>
    internal static IReadOnlyList<string> Paragraphs(HelpPage page, IEnumerable<Block> blocks) =>
        [.. blocks.Select(block => Of(page, block))];

    /// <summary>The text of one block.</summary>
    internal static string Of(HelpPage page, Block block) => block switch
    {
        LeafBlock { Inline: { } inline } => Inlines(page, inline),
        CodeBlock code => code.Lines.ToString(),
        ListBlock list => string.Join('\n', list.Cast<ListItemBlock>().Select(item => "- " + string.Join(' ', Paragraphs(page, item)))),
        _ => throw new HelpFormatException(page.Path, block.Line + 1, $"Help cannot show a {block.GetType().Name} here."),
    };

    /// <summary>The cells of a table, row by row, without its head.</summary>
    internal static IEnumerable<IReadOnlyList<string>> Rows(HelpPage page, Table table) =>
        from row in table.Cast<TableRow>()
        where !row.IsHeader
        select row.Select(cell => string.Join(' ', Paragraphs(page, (TableCell)cell))).ToArray();

    private static string Inlines(HelpPage page, ContainerInline container) =>
        string.Concat(container.Select(inline => Of(page, container, inline)));

    private static string Of(HelpPage page, ContainerInline container, Inline inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        LineBreakInline => " ",
        AutolinkInline link => link.Url,
        LinkInline { IsImage: false } link =>
            Inlines(page, link) + (link.Url?.Contains("://", StringComparison.Ordinal) == true ? $" ({link.Url})" : string.Empty),
        EmphasisInline emphasis => Inlines(page, emphasis),
        _ => throw new HelpFormatException(
            page.Path, container.ParentBlock!.Line + 1, $"Help cannot show a {inline.GetType().Name}. Code belongs in backquotes."),
    };
}
