using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MfaSts.Help.Model;

namespace MfaSts.Help.Reading;

/// <summary>Reads the page of a cmdlet.</summary>
internal static partial class CommandReader
{
    private const string CommonParameters = "CommonParameters";

    internal static CommandHelp Read(HelpPage page) =>
        Read(page, [.. page.Section("PARAMETERS").Parts(level: 3).Where(part => part.Title != CommonParameters).Select(ReadParameter)]);

    private static CommandHelp Read(HelpPage page, IReadOnlyList<ParameterHelp> parameters) => new()
    {
        Name = page.Title,
        HelpFile = page.Header("external help file"),
        Address = page.Header("HelpUri"),
        Synopsis = string.Join(' ', Text(page.Section("SYNOPSIS"))),
        Description = Text(page.Section("DESCRIPTION")),
        Syntaxes = [.. page.Section("SYNTAX").Parts(level: 3).Select(part => ReadSyntax(part, parameters))],
        Examples = [.. page.Section("EXAMPLES").Parts(level: 3).Select(ReadExample)],
        Parameters = parameters,
        Inputs = [.. page.Section("INPUTS").Parts(level: 3).Select(ReadType)],
        Outputs = [.. page.Section("OUTPUTS").Parts(level: 3).Select(ReadType)],
        Notes = Text(page.Section("NOTES")),
        Links = [.. page.Section("RELATED LINKS").Blocks.SelectMany(block => block.Descendants<LinkInline>()).Select(
            link => ReadLink(page, link))],
    };

    private static SyntaxHelp ReadSyntax(HelpSection section, IReadOnlyList<ParameterHelp> parameters)
    {
        string set = section.Title.Replace(" (Default)", string.Empty, StringComparison.Ordinal);
        string[] names = [.. ParameterName().Matches(Code(section, "text").Lines.ToString()).Select(match => match.Groups["name"].Value)];
        return Array.Find(
            names, name => !parameters.Any(parameter => parameter.Name == name && parameter.Facts.In(set) is not null)) is { } unknown
            ? throw section.Wrong($"shows -{unknown}, of which PARAMETERS do not say that it is in this set")
            : new SyntaxHelp(set, names);
    }

    private static ExampleHelp ReadExample(HelpSection section)
    {
        var code = Code(section, "powershell");
        return new ExampleHelp(
            section.Title, code.Lines.ToString(), PlainText.Paragraphs(section.Page, section.Blocks.Where(block => block != code)));
    }

    private static ParameterHelp ReadParameter(HelpSection section)
    {
        var code = Code(section, "yaml");
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

    private static FencedCodeBlock Code(HelpSection section, string language) =>
        section.Blocks.OfType<FencedCodeBlock>().FirstOrDefault(block => block.Info == language)
            ?? throw section.Wrong($"has no block of {language}");

    [GeneratedRegex(@"(?<=[ \[])-(?<name>\w+)")]
    private static partial Regex ParameterName();
}
