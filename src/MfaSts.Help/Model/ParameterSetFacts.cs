namespace MfaSts.Help.Model;

/// <summary>What holds of a parameter in one parameter set.</summary>
internal sealed class ParameterSetFacts
{
    /// <summary>The <see cref="Name"/> of what holds in all sets.</summary>
    internal const string All = "(All)";

    public string Name { get; set; } = string.Empty;

    /// <summary>Its place, counted from 0, or Named.</summary>
    public string Position { get; set; } = string.Empty;

    public bool IsRequired { get; set; }

    public bool ValueFromPipeline { get; set; }

    public bool ValueFromPipelineByPropertyName { get; set; }

    public bool ValueFromRemainingArguments { get; set; }
}
