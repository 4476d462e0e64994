using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MfaSts.Help.Model;

namespace MfaSts.Help.Reading;

/// <summary>Reads the page of a cmdlet.</summary>
internal static partial class CommandReader
{
    private const string CommonParameters = "CommonParameters";

    internal static CommandHelp Read(HelpPage page) => new()
    {
        Name = page.Title,
        HelpFile = page.Header("external help file"),
        Synopsis = string.Join(' ', Text(page.Section("SYNOPSIS"))),
        Description = Text(page.Section("DESCRIPTION")),
        Syntaxes = [.. page.Section("SYNTAX").Parts(level: 3).Select(ReadSyntax)],
        Examples = [.. page.Section("EXAMPLES").Parts(level: 3).Select(ReadExample)],
        Parameters = [.. page.Section("PARAMETERS").Parts(level: 3).Where(part => part.Title != CommonParameters).Select(ReadParameter)],
        Inputs = [.. page.Section("INPUTS").Parts(level: 3).Select(ReadType)],
        Outputs = [.. page.Section("OUTPUTS").Parts(level: 3).Select(ReadType)],
        Notes = Text(page.Section("NOTES")),
        Links = [.. page.Section("RELATED LINKS").Blocks.SelectMany(block => block.Descendants<LinkInline>()).Select(link => ReadLink(page, link))],
    };

    private static SyntaxHelp ReadSyntax(HelpSection section) => new(
        section.Title.Replace(" (Default)", string.Empty, StringComparison.Ordinal),
        [.. ParameterName().Matches(CodeOf(section)).Select(match => match.Groups["name"].Value)]);

    private static ExampleHelp ReadExample(HelpSection section) =>
        new(section.Title, CodeOf(section), PlainText.Paragraphs(section.Page, section.Blocks.Where(block => block != FirstCode(section))));

    private static ParameterHelp ReadParameter(HelpSection section)
    {
        var code = FirstCode(section);
        return new ParameterHelp(
            section.Title.TrimStart('-'),
            PlainText.Paragraphs(section.Page, section.Blocks.Where(block => block != code)),
            Yaml.Read<ParameterFacts>(section.Page, code.Line + 1, code.Lines.ToString()));
    }

    private static TypeHelp ReadType(HelpSection section) => new(section.Title, Text(section));

    private static LinkHelp ReadLink(HelpPage page, LinkInline link)
    {
        string text = string.Concat(link.OfType<LiteralInline>());
        if (link.Url?.Contains("://", StringComparison.Ordinal) == true)
        {
            return new LinkHelp(text, link.Url);
        }

        string target = Path.Combine(Path.GetDirectoryName(page.Path)!, link.Url ?? string.Empty);
        return File.Exists(target) && Path.GetFileNameWithoutExtension(target) == text
            ? new LinkHelp(text, Address: null)
            : throw new HelpFormatException(page.Path, link.Line + 1, $"There is no page '{link.Url}' of the name '{text}'.");
    }

    private static IReadOnlyList<string> Text(HelpSection section) =>
        PlainText.Paragraphs(section.Page, section.Introduction) is { Count: > 0 } text ? text : throw section.Wrong("has no text");

    private static string CodeOf(HelpSection section) => FirstCode(section).Lines.ToString();

    private static FencedCodeBlock FirstCode(HelpSection section) =>
        section.Blocks.OfType<FencedCodeBlock>().FirstOrDefault() ?? throw section.Wrong("has no block of code");

    [GeneratedRegex(@"(?<=[ \[])-(?<name>\w+)")]
    private static partial Regex ParameterName();
}
