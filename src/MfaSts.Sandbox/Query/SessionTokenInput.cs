using System.Globalization;
using System.Text.RegularExpressions;

namespace MfaSts.Sandbox.Query;

/// <summary>What GetSessionToken takes, checked against the constraints in AWS's API reference.</summary>
internal sealed partial class SessionTokenInput
{
    private const int DefaultSeconds = 43200;

    private readonly List<string> _errors = [];

    private SessionTokenInput(QueryCall call)
    {
        SerialNumber = call.Parameter("SerialNumber");
        TokenCode = call.Parameter("TokenCode");
        CheckText("serialNumber", SerialNumber, 9, 256, SerialForm(), @"[\w+=/:,.@-]*");
        // Uncertain: AWS's words for a malformed code; these follow its published constraints.
        CheckText("tokenCode", TokenCode, 6, 6, CodeForm(), @"[\d]*");
        Duration = TimeSpan.FromSeconds(Seconds(call.Parameter("DurationSeconds")));
    }

    internal string? SerialNumber { get; }

    internal string? TokenCode { get; }

    internal TimeSpan Duration { get; }

    /// <exception cref="Refusal">All that is wrong, in one message.</exception>
    internal static SessionTokenInput Read(QueryCall call)
    {
        var input = new SessionTokenInput(call);
        return input._errors.Count == 0 ? input : throw Refusals.ValidationErrors(input._errors);
    }

    private int Seconds(string? text)
    {
        if (text is null)
        {
            return DefaultSeconds;
        }

        // Uncertain: AWS's words for a duration that is no number.
        bool isNumber = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int seconds);
        Require(isNumber, "durationSeconds", text, "Member must be an integer");
        Require(!isNumber || seconds >= 900, "durationSeconds", text, "Member must have value greater than or equal to 900");
        Require(!isNumber || seconds <= 129600, "durationSeconds", text, "Member must have value less than or equal to 129600");
        return seconds;
    }

    private void CheckText(string member, string? value, int shortest, int longest, Regex form, string pattern)
    {
        if (value is not null)
        {
            Require(form.IsMatch(value), member, value, $"Member must satisfy regular expression pattern: {pattern}");
            Require(value.Length <= longest, member, value, $"Member must have length less than or equal to {longest}");
            Require(value.Length >= shortest, member, value, $"Member must have length greater than or equal to {shortest}");
        }
    }

    private void Require(bool holds, string member, string value, string constraint)
    {
        if (!holds)
        {
            _errors.Add($"Value '{value}' at '{member}' failed to satisfy constraint: {constraint}");
        }
    }

    // AWS's \w and \d are ASCII, and its patterns match whole values.
    [GeneratedRegex(@"\A[A-Za-z0-9_+=/:,.@-]*\z")]
    private static partial Regex SerialForm();

    [GeneratedRegex(@"\A[0-9]*\z")]
    private static partial Regex CodeForm();
}
