using System.Xml.Linq;
using MfaSts.Help.Model;

namespace MfaSts.Help.Writing;

/// <summary>Writes the help of cmdlets in MAML, the XML that Get-Help reads.</summary>
internal static class MamlWriter
{
    private const string OnlineLink = "Online Version:";

    private static readonly XNamespace Items = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    internal static XDocument Write(IEnumerable<CommandHelp> commands) => new(
        new XElement(Items + "helpItems", new XAttribute("schema", "maml"), commands.Select(Write)));

    private static XElement Write(CommandHelp command) => new(
        Command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Maml),
        new XAttribute(XNamespace.Xmlns + "command", Command),
        new XAttribute(XNamespace.Xmlns + "dev", Dev),
        new XElement(
            Command + "details",
            new XElement(Command + "name", command.Name),
            new XElement(Command + "verb", command.Name.Split('-')[0]),
            new XElement(Command + "noun", command.Name.Split('-')[1]),
            Description([command.Synopsis])),
        Description(command.Description),
        new XElement(Command + "syntax", command.Syntaxes.Select(syntax => Syntax(command, syntax))),
        new XElement(Command + "parameters", command.Parameters.Select(Parameter)),
        new XElement(Command + "inputTypes", command.Inputs.Select(type => TypeOf("inputType", type))),
        new XElement(Command + "returnValues", command.Outputs.Select(type => TypeOf("returnValue", type))),
        new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paragraphs(command.Notes))),
        new XElement(Command + "examples", command.Examples.Select(Example)),
        new XElement(Command + "relatedLinks", Links(command).Select(Link)));

    private static XElement Syntax(CommandHelp command, SyntaxHelp syntax) => new(
        Command + "syntaxItem",
        new XElement(Maml + "name", command.Name),
        from name in syntax.Parameters
        let parameter = command.Parameters.First(parameter => parameter.Name == name)
        select Parameter(parameter, parameter.Facts.In(syntax.Set)!));

    // A parameter that stands in several sets is described once: by what holds in the first of them.
    private static XElement Parameter(ParameterHelp parameter) => Parameter(parameter, parameter.Facts.ParameterSets[0]);

    private static XElement Parameter(ParameterHelp parameter, ParameterSetFacts set)
    {
        var facts = parameter.Facts;
        return new XElement(
            Command + "parameter",
            new XAttribute("required", set.IsRequired),
            new XAttribute("variableLength", false),
            new XAttribute("globbing", facts.SupportsWildcards),
            new XAttribute("pipelineInput", PipelineInput(set)),
            new XAttribute("position", set.Position.ToLowerInvariant()),
            new XAttribute("aliases", facts.Aliases.Count == 0 ? "none" : string.Join(", ", facts.Aliases)),
            new XElement(Maml + "name", parameter.Name),
            Description(parameter.Description),
            facts.AcceptedValues.Count == 0
                ? null
                : new XElement(
                    Command + "parameterValueGroup",
                    facts.AcceptedValues.Select(
                        value => new XElement(Command + "parameterValue", new XAttribute("required", false), value))),
            facts.IsSwitch ? null : new XElement(Command + "parameterValue", new XAttribute("required", true), facts.ShortType),
            TypeElement(facts.ShortType),
            new XElement(Dev + "defaultValue", facts.DefaultValue));
    }

    private static string PipelineInput(ParameterSetFacts set) => (set.ValueFromPipeline, set.ValueFromPipelineByPropertyName) switch
    {
        (true, true) => "True (ByPropertyName, ByValue)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        (false, false) => "False",
    };

    private static XElement TypeOf(string element, TypeHelp type) =>
        new(Command + element, TypeElement(type.Name), Description(type.Description));

    private static XElement TypeElement(string name) => new(Dev + "type", new XElement(Maml + "name", name));

    // The empty paragraph keeps the next example apart.
    private static XElement Example(ExampleHelp example) => new(
        Command + "example",
        new XElement(Maml + "title", $"---- {example.Title} ----"),
        new XElement(Dev + "code", example.Code),
        new XElement(Dev + "remarks", Paragraphs([.. example.Remarks, string.Empty])));

    // The first one with an address is what Get-Help -Online opens: it goes before what a cmdlet's attribute says.
    private static IEnumerable<LinkHelp> Links(CommandHelp command) => [new LinkHelp(OnlineLink, command.Address), .. command.Links];

    private static XElement Link(LinkHelp link) => new(
        Maml + "navigationLink", new XElement(Maml + "linkText", link.Text), new XElement(Maml + "uri", link.Address));

    private static XElement Description(IEnumerable<string> paragraphs) => new(Maml + "description", Paragraphs(paragraphs));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> paragraphs) =>
        paragraphs.Select(text => new XElement(Maml + "para", text));
}
