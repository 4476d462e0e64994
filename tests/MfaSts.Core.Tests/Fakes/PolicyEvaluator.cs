using System.Text.Json;
using System.Text.RegularExpressions;

namespace MfaSts.Tests.Fakes;

/// <summary>
/// Decides a call as IAM does for one identity-based policy (IAM user guide, "Policy evaluation logic"): an explicit denial, else a
/// permission, else nothing. It knows the elements and operators that are used here, and fails at any other.
/// </summary>
public sealed class PolicyEvaluator(string json)
{
    private readonly JsonElement _policy = JsonDocument.Parse(json).RootElement;

    public enum Outcome
    {
        Unsaid,
        Allowed,
        Denied,
    }

    /// <summary>What the policy says to a call.</summary>
    /// <param name="action">The action.</param>
    /// <param name="resource">The resource's ARN.</param>
    /// <param name="hasMfa">The value of aws:MultiFactorAuthPresent; null when there is no such key, as with long-term keys.</param>
    /// <param name="user">The caller's name.</param>
    public Outcome Decide(string action, string resource, bool? hasMfa, string user)
    {
        Assert.Equal("2012-10-17", _policy.GetProperty("Version").GetString());
        var effects = _policy.GetProperty("Statement").EnumerateArray()
            .Where(statement => IsMeant(statement, action, resource, user) && Holds(statement, hasMfa))
            .Select(statement => statement.GetProperty("Effect").GetString())
            .ToList();
        return effects.Contains("Deny") ? Outcome.Denied : effects.Contains("Allow") ? Outcome.Allowed : Outcome.Unsaid;
    }

    private static bool IsMeant(JsonElement statement, string action, string resource, string user)
    {
        Assert.Empty(
            statement.EnumerateObject().Select(element => element.Name).Except(
                ["Sid", "Effect", "Action", "NotAction", "Resource", "Condition"]));
        bool isAction = statement.TryGetProperty("Action", out var actions)
            ? Texts(actions).Exists(pattern => Matches(pattern, action, RegexOptions.IgnoreCase))
            : !Texts(statement.GetProperty("NotAction")).Exists(pattern => Matches(pattern, action, RegexOptions.IgnoreCase));
        return isAction && Texts(statement.GetProperty("Resource"))
            .Exists(pattern => Matches(pattern.Replace("${aws:username}", user, StringComparison.Ordinal), resource, RegexOptions.None));
    }

    private static bool Holds(JsonElement statement, bool? hasMfa)
    {
        if (!statement.TryGetProperty("Condition", out var condition))
        {
            return true;
        }

        var (name, keys) = condition.EnumerateObject().Select(block => (block.Name, block.Value)).Single();
        var (key, value) = keys.EnumerateObject().Select(pair => (pair.Name, pair.Value)).Single();
        Assert.Equal("aws:MultiFactorAuthPresent", key);
        bool isEqual = hasMfa is { } present && present == bool.Parse(value.GetString()!);
        return name switch
        {
            "Bool" => isEqual,
            "BoolIfExists" => hasMfa is null || isEqual,
            _ => throw new NotSupportedException(name),
        };
    }

    private static List<string> Texts(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().Select(text => text.GetString()!)] : [element.GetString()!];

    private static bool Matches(string pattern, string text, RegexOptions options) =>
        Regex.IsMatch(
            text,
            "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$",
            options);
}
