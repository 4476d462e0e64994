using System.Text.RegularExpressions;

namespace MfaSts.Sandbox.Policies;

/// <summary>What is asked for, by whom and under which circumstances: IAM's request context.</summary>
/// <param name="Action">The action, such as <c>iam:ListUsers</c>.</param>
/// <param name="Resource">The ARN of what it acts on.</param>
/// <param name="PrincipalNames">Every name by which a policy's Principal element can mean the caller.</param>
/// <param name="Keys">The condition keys that are there, each with its values; names are compared without case.</param>
internal sealed partial record PolicyRequest(
    string Action, string Resource, IReadOnlyList<string> PrincipalNames, IReadOnlyDictionary<string, string[]> Keys)
{
    /// <summary>A text of a policy with its variables replaced; null when one has no value here, and then nothing matches.</summary>
    internal string? Resolve(string text)
    {
        bool isKnown = true;
        string resolved = Variable().Replace(text, match =>
        {
            string? value = Keys.GetValueOrDefault(match.Groups[1].Value) is [var single] ? single : null;
            isKnown &= value is not null;
            return value ?? string.Empty;
        });
        return isKnown ? resolved : null;
    }

    [GeneratedRegex(@"\$\{([^}]+)\}")]
    private static partial Regex Variable();
}
