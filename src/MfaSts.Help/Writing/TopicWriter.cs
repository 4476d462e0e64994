using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using MfaSts.Help.Reading;

namespace MfaSts.Help.Writing;

/// <summary>
/// Writes an about_ topic as the text that Get-Help shows as it is: headings in capitals, 80 columns, tables as lists of terms.
/// </summary>
internal static class TopicWriter
{
    private const string Indent = "    ";
    private const int Width = 80;

    internal static string Write(HelpPage page)
    {
        // Get-Help takes the fifth line for the synopsis: it is the first one under the second heading.
        var text = new StringBuilder().Append("TOPIC\n").Append(Indent).Append(page.Title).Append('\n');
        foreach (var section in page.Sections)
        {
            text.Append('\n').Append(section.Title.ToUpperInvariant()).Append('\n');
            bool isFirst = true;
            foreach (var block in section.Blocks)
            {
                text.Append(isFirst ? string.Empty : "\n").Append(Format(page, block));
                isFirst = false;
            }
        }

        return text.ToString();
    }

    private static string Format(HelpPage page, Block block) => block switch
    {
        CodeBlock code => Lines(code.Lines.ToString().Split('\n'), Indent + Indent),
        HeadingBlock heading => Lines([PlainText.Of(page, heading)], "  "),
        ListBlock list => string.Concat(PlainText.Of(page, list).Split('\n').Select(item => Wrap(item, Indent, Indent + "  "))),
        Table table => string.Join('\n', PlainText.Rows(page, table).Select(Term)),
        _ => Wrap(PlainText.Of(page, block), Indent, Indent),
    };

    private static string Term(IReadOnlyList<string> cells) =>
        Wrap(cells[0], Indent, Indent) + string.Concat(cells.Skip(1).Select(cell => Wrap(cell, Indent + Indent, Indent + Indent)));

    private static string Lines(IEnumerable<string> lines, string indent) =>
        string.Concat(lines.Select(line => (line.Length == 0 ? line : indent + line) + "\n"));

    private static string Wrap(string text, string first, string others)
    {
        var lines = new List<string> { first };
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string separator = string.IsNullOrWhiteSpace(lines[^1]) ? string.Empty : " ";
            if (separator.Length > 0 && lines[^1].Length + 1 + word.Length > Width)
            {
                lines.Add(others + word);
            }
            else
            {
                lines[^1] += separator + word;
            }
        }

        return string.Concat(lines.Select(line => line + "\n"));
    }
}
