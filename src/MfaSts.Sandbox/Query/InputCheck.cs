using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MfaSts.Sandbox.Query;

/// <summary>Reads a call's parameters against the constraints in AWS's API reference, and collects all that is wrong.</summary>
internal sealed class InputCheck(QueryCall call)
{
    private readonly List<string> _errors = [];

    /// <summary>Refuses the call when something was wrong.</summary>
    /// <exception cref="Refusal">All that is wrong, in one message.</exception>
    internal void Finish()
    {
        if (_errors.Count > 0)
        {
            throw Refusals.ValidationErrors(_errors);
        }
    }

    /// <summary>A text, or null when the call has none.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="shortest">The fewest characters.</param>
    /// <param name="longest">The most characters.</param>
    /// <param name="pattern">What the whole text has to match, as AWS writes it.</param>
    internal string? Text(string name, int shortest, int longest, string pattern)
    {
        string? value = call.Parameter(name);
        if (value is not null)
        {
            Check(Member(name), value, shortest, longest, pattern);
        }

        return value;
    }

    /// <summary>A text that the call must have.</summary>
    internal string RequiredText(string name, int shortest, int longest, string pattern)
    {
        if (Text(name, shortest, longest, pattern) is { } value)
        {
            return value;
        }

        _errors.Add($"Value null at '{Member(name)}' failed to satisfy constraint: Member must not be null");
        return string.Empty;
    }

    /// <summary>A list: <c>name.member.1</c> and on, each perhaps with fields.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="most">The most members.</param>
    /// <param name="field">Which field of a member; empty when a member is a text.</param>
    /// <param name="shortest">The fewest characters of a text.</param>
    /// <param name="longest">The most characters of a text.</param>
    /// <param name="pattern">What each text has to match, as AWS writes it.</param>
    internal List<string> Texts(string name, int most, string field, int shortest, int longest, string pattern)
    {
        List<string> values = [];
        while (call.Parameter($"{name}.member.{values.Count + 1}{field}") is { } value)
        {
            values.Add(value);
            Check($"{Member(name)}.{values.Count}.member{field.ToLowerInvariant()}", value, shortest, longest, pattern);
        }

        Require(
            values.Count <= most, Member(name), $"[{string.Join(", ", values)}]", $"Member must have length less than or equal to {most}");
        return values;
    }

    /// <summary>Requires that what several parameters hold together is not too long.</summary>
    internal void RequireLength(string member, string value, int longest) =>
        Require(value.Length <= longest, member, value, $"Member must have length less than or equal to {longest}");

    /// <summary>DurationSeconds.</summary>
    internal TimeSpan Duration(int usualSeconds, int mostSeconds)
    {
        const string member = "durationSeconds";
        if (call.Parameter("DurationSeconds") is not { } text)
        {
            return TimeSpan.FromSeconds(usualSeconds);
        }

        // Uncertain: AWS's words for a duration that is no number.
        bool isNumber = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int seconds);
        Require(isNumber, member, text, "Member must be an integer");
        Require(!isNumber || seconds >= 900, member, text, "Member must have value greater than or equal to 900");
        Require(!isNumber || seconds <= mostSeconds, member, text, $"Member must have value less than or equal to {mostSeconds}");
        return TimeSpan.FromSeconds(seconds);
    }

    private void Check(string member, string value, int shortest, int longest, string pattern)
    {
        // In AWS's patterns \w and \d are ASCII, as they are in ECMAScript, which knows no \p.
        bool hasCategories = pattern.Contains(@"\p", StringComparison.Ordinal);
        var match = Regex.Match(value, pattern, hasCategories ? RegexOptions.None : RegexOptions.ECMAScript);
        Require(match.Length == value.Length, member, value, $"Member must satisfy regular expression pattern: {pattern}");
        RequireLength(member, value, longest);
        Require(value.Length >= shortest, member, value, $"Member must have length greater than or equal to {shortest}");
    }

    private void Require(bool holds, string member, string value, string constraint)
    {
        if (!holds)
        {
            _errors.Add($"Value '{value}' at '{member}' failed to satisfy constraint: {constraint}");
        }
    }

    private static string Member(string parameter) => JsonNamingPolicy.CamelCase.ConvertName(parameter);
}
