namespace MfaSts.Sandbox.Policies;

/// <summary>One line of a Condition element.</summary>
internal sealed class PolicyCondition(ConditionOperator comparison, string key, IReadOnlyList<string> values)
{
    internal bool Holds(PolicyRequest request) =>
        comparison.Holds(request.Keys.GetValueOrDefault(key), [.. values.Select(request.Resolve).OfType<string>()]);
}
