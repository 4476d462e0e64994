using System.IO.Enumeration;
using System.Text.Json;

namespace MfaSts.Sandbox.Policies;

/// <summary>One statement of a policy.</summary>
internal sealed class PolicyStatement
{
    private readonly List<string>? _principals;
    private readonly List<string>? _actions;
    private readonly List<string>? _otherActions;
    private readonly List<string>? _resources;
    private readonly List<string>? _otherResources;
    private readonly List<PolicyCondition> _conditions = [];

    /// <summary>Reads a statement.</summary>
    /// <exception cref="FormatException">It is not of a statement's form.</exception>
    internal PolicyStatement(JsonElement statement)
    {
        foreach (var part in statement.EnumerateObject())
        {
            switch (part.Name)
            {
                case "Sid":
                    break;
                case "Effect":
                    IsDenial = part.Value.GetString() switch { "Allow" => false, "Deny" => true, _ => throw Malformed() };
                    break;
                case "Principal":
                    _principals = Principals(part.Value);
                    break;
                case "Action":
                    _actions = Texts(part.Value);
                    break;
                case "NotAction":
                    _otherActions = Texts(part.Value);
                    break;
                case "Resource":
                    _resources = Texts(part.Value);
                    break;
                case "NotResource":
                    _otherResources = Texts(part.Value);
                    break;
                case "Condition":
                    _conditions.AddRange(Conditions(part.Value));
                    break;
                default:
                    throw Malformed();
            }
        }

        if (!statement.TryGetProperty("Effect", out _) || (_actions ?? _otherActions) is null)
        {
            throw Malformed();
        }
    }

    /// <summary>Whether it denies what it matches.</summary>
    internal bool IsDenial { get; }

    /// <summary>Whether it says whom it means, as a trust policy has to and a session policy must not.</summary>
    internal bool HasPrincipal => _principals is not null;

    /// <summary>Whether it says which resources it means, as a session policy has to and a trust policy must not.</summary>
    internal bool HasResource => (_resources ?? _otherResources) is not null;

    internal bool Matches(PolicyRequest request)
    {
        return (_principals is null || _principals.Any(name => name == "*" || request.PrincipalNames.Contains(name)))
            && (_actions is null || _actions.Any(IsAction))
            && (_otherActions is null || !_otherActions.Any(IsAction))
            && (_resources is null || _resources.Any(IsResource))
            && (_otherResources is null || !_otherResources.Any(IsResource))
            && _conditions.TrueForAll(condition => condition.Holds(request));

        // IAM compares actions without case, and ARNs with it.
        bool IsAction(string pattern) => FileSystemName.MatchesSimpleExpression(pattern, request.Action, ignoreCase: true);

        bool IsResource(string pattern) => request.Resolve(pattern) is { } resolved
            && FileSystemName.MatchesSimpleExpression(resolved, request.Resource, ignoreCase: false);
    }

    // Principals of another kind, such as services, never mean a caller here.
    private static List<string> Principals(JsonElement element) => element.ValueKind != JsonValueKind.Object ? Texts(element)
        : element.TryGetProperty("AWS", out var names) ? Texts(names) : [];

    private static IEnumerable<PolicyCondition> Conditions(JsonElement element) =>
        from comparison in element.EnumerateObject()
        from key in comparison.Value.EnumerateObject()
        select new PolicyCondition(new ConditionOperator(comparison.Name), key.Name, Texts(key.Value));

    private static List<string> Texts(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().Select(Text)] : [Text(element)];

    private static string Text(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
        _ => throw Malformed(),
    };

    private static FormatException Malformed() => new(PolicyDocument.SyntaxError);
}
