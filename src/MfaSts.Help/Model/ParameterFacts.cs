namespace MfaSts.Help.Model;

/// <summary>The YAML of a parameter, as platyPS's schema of 2024-05-01 has it.</summary>
internal sealed class ParameterFacts
{
    public string Type { get; set; } = string.Empty;

    public string DefaultValue { get; set; } = string.Empty;

    public bool SupportsWildcards { get; set; }

    public List<string> Aliases { get; set; } = [];

    public List<ParameterSetFacts> ParameterSets { get; set; } = [];

    public bool DontShow { get; set; }

    public List<string> AcceptedValues { get; set; } = [];

    public string HelpMessage { get; set; } = string.Empty;

    /// <summary>It takes no value.</summary>
    internal bool IsSwitch => Type == "System.Management.Automation.SwitchParameter";

    /// <summary>The type as syntax shows it: without namespaces, and without what only says that it may be absent.</summary>
    internal string ShortType
    {
        get
        {
            string inner = Type.StartsWith("System.Nullable`1[", StringComparison.Ordinal)
                ? Type[(Type.IndexOf('[', StringComparison.Ordinal) + 1)..^1]
                : Type;
            return inner[(inner.LastIndexOf('.') + 1)..];
        }
    }

    /// <summary>What holds in a parameter set, or null when the parameter is not in it.</summary>
    internal ParameterSetFacts? In(string set) =>
        ParameterSets.Find(facts => facts.Name == set) ?? ParameterSets.Find(facts => facts.Name == ParameterSetFacts.All);
}
