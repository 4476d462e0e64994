namespace MfaSts.Help.Model;

/// <summary>The help of one cmdlet.</summary>
internal sealed class CommandHelp
{
    public required string Name { get; init; }

    /// <summary>The MAML file that holds it.</summary>
    public required string HelpFile { get; init; }

    /// <summary>Where the page is to be read on the web: what <c>Get-Help -Online</c> opens.</summary>
    public required string Address { get; init; }

    public required string Synopsis { get; init; }

    public required IReadOnlyList<string> Description { get; init; }

    public required IReadOnlyList<SyntaxHelp> Syntaxes { get; init; }

    public required IReadOnlyList<ExampleHelp> Examples { get; init; }

    public required IReadOnlyList<ParameterHelp> Parameters { get; init; }

    public required IReadOnlyList<TypeHelp> Inputs { get; init; }

    public required IReadOnlyList<TypeHelp> Outputs { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required IReadOnlyList<LinkHelp> Links { get; init; }
}
