using System.Globalization;
using System.IO.Enumeration;

namespace MfaSts.Sandbox.Policies;

/// <summary>An operator of a Condition element (IAM user guide, "IAM JSON policy elements: Condition operators").</summary>
internal sealed class ConditionOperator
{
    private const string ForAll = "ForAllValues:";
    private const string ForAny = "ForAnyValue:";
    private const string IfExists = "IfExists";

    private static readonly Dictionary<string, Func<string, string, bool>> Comparisons = new(StringComparer.Ordinal)
    {
        ["StringEquals"] = string.Equals,
        ["StringEqualsIgnoreCase"] = (actual, wanted) => actual.Equals(wanted, StringComparison.OrdinalIgnoreCase),
        ["StringLike"] = IsLike,
        ["ArnEquals"] = IsLike,
        ["ArnLike"] = IsLike,
        ["Bool"] = (actual, wanted) => actual.Equals(wanted, StringComparison.OrdinalIgnoreCase),
        ["NumericEquals"] = (actual, wanted) => CompareNumbers(actual, wanted) == 0,
        ["NumericLessThan"] = (actual, wanted) => CompareNumbers(actual, wanted) < 0,
        ["NumericLessThanEquals"] = (actual, wanted) => CompareNumbers(actual, wanted) <= 0,
        ["NumericGreaterThan"] = (actual, wanted) => CompareNumbers(actual, wanted) > 0,
        ["NumericGreaterThanEquals"] = (actual, wanted) => CompareNumbers(actual, wanted) >= 0,
        ["DateLessThan"] = (actual, wanted) => CompareDates(actual, wanted) < 0,
        ["DateGreaterThan"] = (actual, wanted) => CompareDates(actual, wanted) > 0,
    };

    private readonly Func<string, string, bool>? _comparison;
    private readonly bool _isForAll;
    private readonly bool _isIfExists;
    private readonly bool _isNegated;

    /// <summary>Reads an operator's name.</summary>
    /// <exception cref="FormatException">There is no such operator, or this sandbox does not know it.</exception>
    internal ConditionOperator(string name)
    {
        _isForAll = name.StartsWith(ForAll, StringComparison.Ordinal);
        string rest = _isForAll ? name[ForAll.Length..] : name.StartsWith(ForAny, StringComparison.Ordinal) ? name[ForAny.Length..] : name;
        _isIfExists = rest.EndsWith(IfExists, StringComparison.Ordinal);
        rest = _isIfExists ? rest[..^IfExists.Length] : rest;
        _isNegated = rest.Contains("Not", StringComparison.Ordinal);
        string positive = rest.Replace("Not", string.Empty, StringComparison.Ordinal);
        if (rest != "Null" && !Comparisons.TryGetValue(positive, out _comparison))
        {
            throw new FormatException(PolicyDocument.SyntaxError);
        }
    }

    /// <summary>Whether it holds of a key's values; null when the key is not there.</summary>
    internal bool Holds(string[]? values, IReadOnlyCollection<string> wanted)
    {
        if (_comparison is null)
        {
            return wanted.Contains(values is null ? "true" : "false", StringComparer.OrdinalIgnoreCase);
        }

        return values is null ? _isIfExists || _isNegated || _isForAll
            : _isForAll ? values.All(Matches)
            : values.Any(Matches);

        bool Matches(string value) => wanted.Any(w => _comparison(value, w)) != _isNegated;
    }

    private static bool IsLike(string actual, string pattern) => FileSystemName.MatchesSimpleExpression(pattern, actual, ignoreCase: false);

    private static int CompareNumbers(string actual, string wanted) =>
        decimal.Parse(actual, CultureInfo.InvariantCulture).CompareTo(decimal.Parse(wanted, CultureInfo.InvariantCulture));

    private static int CompareDates(string actual, string wanted) =>
        DateTimeOffset.Parse(actual, CultureInfo.InvariantCulture).CompareTo(DateTimeOffset.Parse(wanted, CultureInfo.InvariantCulture));
}
