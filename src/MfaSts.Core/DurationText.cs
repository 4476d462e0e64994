using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MfaSts;

/// <summary>Durations as people and the older tools write them.</summary>
public static partial class DurationText
{
    /// <summary>The legal forms, for error messages.</summary>
    public const string Forms = "one of the forms 12h, 90m, 30s, 1h30m, 1d, 01:30:00, or whole seconds (43200)";

    /// <summary>Reads one of <see cref="Forms"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="duration">The duration.</param>
    /// <param name="allowZero">Take zero as well.</param>
    /// <returns>False when the text is none of them, or not positive, or beyond what a TimeSpan holds.</returns>
    public static bool TryParse(string? text, out TimeSpan duration, bool allowZero = false)
    {
        duration = TimeSpan.Zero;
        string trimmed = (text ?? string.Empty).Trim();
        double seconds;

        // Not TimeSpan.TryParse: it takes 24:00:00 for 24 days.
        var parts = ClockForm().Match(trimmed) is { Success: true } clock ? clock : UnitForm().Match(trimmed);
        if (parts.Success && trimmed.Length > 0)
        {
            seconds = (Number(parts, "d") * 86400) + (Number(parts, "h") * 3600) + (Number(parts, "m") * 60) + Number(parts, "s");
        }
        else if (!double.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out seconds))
        {
            return false;
        }

        // 'NaN' is read by any NumberStyles, and no comparison would refuse it.
        if (double.IsNaN(seconds) || seconds < 0 || (seconds == 0 && !allowZero) || seconds > TimeSpan.MaxValue.TotalSeconds / 2)
        {
            return false;
        }

        // Not TimeSpan.FromSeconds: a double has no room for the ticks of more than 28 years.
        duration = new TimeSpan((long)seconds * TimeSpan.TicksPerSecond);
        return true;
    }

    /// <summary>Writes a duration with its units, without those that are zero: <c>1h 30m</c>. Fractions of a second are dropped.</summary>
    public static string Format(TimeSpan span)
    {
        var text = new StringBuilder();
        Append(text, (long)span.TotalHours, "h");
        Append(text, span.Minutes, "m");
        Append(text, span.Seconds, "s");
        return text.Length == 0 ? "0s" : text.ToString();
    }

    /// <summary>Writes the two greatest units only, as a table has room for: <c>11h 59m</c>, <c>4m 10s</c>.</summary>
    public static string FormatShort(TimeSpan span) => string.Join(' ', Format(span).Split(' ').Take(2));

    private static void Append(StringBuilder text, long count, string unit)
    {
        if (count != 0)
        {
            text.Append(text.Length == 0 ? string.Empty : " ").Append(count).Append(unit);
        }
    }

    private static double Number(Match match, string unit) =>
        match.Groups[unit].Success ? double.Parse(match.Groups[unit].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^(?:(?<d>[0-9]+)d)?(?:(?<h>[0-9]+)h)?(?:(?<m>[0-9]+)m)?(?:(?<s>[0-9]+)s)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UnitForm();

    [GeneratedRegex(@"^(?:(?<d>[0-9]+)\.)?(?<h>[0-9]{1,2}):(?<m>[0-5][0-9])(?::(?<s>[0-5][0-9]))?$", RegexOptions.CultureInvariant)]
    private static partial Regex ClockForm();
}
