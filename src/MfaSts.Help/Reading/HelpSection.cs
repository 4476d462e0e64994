using Markdig.Syntax;

namespace MfaSts.Help.Reading;

/// <summary>A heading and what stands under it.</summary>
/// <param name="Page">The page.</param>
/// <param name="Title">The heading's text.</param>
/// <param name="Line">The heading's line, counted from 1.</param>
/// <param name="Blocks">All up to the next heading of the same level.</param>
internal sealed record HelpSection(HelpPage Page, string Title, int Line, IReadOnlyList<Block> Blocks)
{
    /// <summary>What stands before the first heading in it.</summary>
    internal IEnumerable<Block> Introduction => Blocks.TakeWhile(block => block is not HeadingBlock);

    /// <summary>The sections in it.</summary>
    internal IReadOnlyList<HelpSection> Parts(int level) => Split(Page, Blocks, level);

    /// <summary>The sections of a level among some blocks.</summary>
    internal static IReadOnlyList<HelpSection> Split(HelpPage page, IReadOnlyList<Block> blocks, int level)
    {
        var sections = new List<HelpSection>();
        for (int i = 0; i < blocks.Count; i++)
        {
            if (blocks[i] is HeadingBlock heading && heading.Level == level)
            {
                var under = blocks.Skip(i + 1).TakeWhile(block => block is not HeadingBlock next || next.Level > level);
                sections.Add(new HelpSection(page, PlainText.Of(page, heading), heading.Line + 1, [.. under]));
            }
        }

        return sections;
    }

    /// <summary>The failure to read it.</summary>
    internal HelpFormatException Wrong(string why) => new(Page.Path, Line, $"'{Title}' {why}.");
}
