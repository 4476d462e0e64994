using System.Globalization;
using System.Text.RegularExpressions;

namespace MfaSts.Sessions;

/// <summary>
/// An instant as the standard libraries of other languages print it, for sessions that other tools stored: Ruby's Time, Go's time.Time,
/// JavaScript's and Java's Date, java.time, RFC 1123 and 2822, date(1), ISO 8601's basic form, Unix time in seconds and milliseconds. What
/// has no zone, or only the abbreviation of one that is not UTC, is no instant and is not read.
/// </summary>
internal static partial class ForeignTime
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-dd HH:mm:ss.FFFFFFF zzz", "yyyy-MM-dd HH:mm zzz", "yyyy/MM/dd HH:mm:ss zzz",
        "yyyyMMdd HHmmss zzz",
        "d MMM yyyy HH:mm:ss zzz", "d-MMM-yy HH:mm:ss zzz", "d-MMM-yyyy HH:mm:ss zzz", "MMM d yyyy HH:mm:ss zzz", "MMM d HH:mm:ss zzz yyyy",
        "d MMM HH:mm:ss zzz yyyy",
        "d MMM yyyy HH:mm zzz", "MMM d yyyy HH:mm zzz",
    ];

    // Twelve digits of seconds are the year 33658.
    private const long FirstMilliseconds = 1_000_000_000_000;

    /// <summary>Reads one.</summary>
    /// <returns>Null when the text is none.</returns>
    public static DateTimeOffset? Parse(string text)
    {
        string bare = text.Trim().Trim('"', '\'').Trim();
        if (UnixTime().IsMatch(bare))
        {
            long number = long.Parse(bare.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture);
            return number < FirstMilliseconds
                ? DateTimeOffset.FromUnixTimeSeconds(number)
                : DateTimeOffset.FromUnixTimeMilliseconds(number);
        }

        return DateTimeOffset.TryParseExact(
            Plain(bare), Forms, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AdjustToUniversal,
                out var time)
            ? time
            : null;
    }

    // One form for what all say alike: no names of days and zones, a blank between the parts, the zone as +00:00.
    private static string Plain(string text)
    {
        string plain = Noise().Replace(text, " ");
        plain = LongFraction().Replace(plain, ".$1");
        plain = BetweenDateAndTime().Replace(plain, "$1 $2");
        plain = HourOffset().Replace(plain, "$1:00");
        plain = Offset().Replace(plain, " $1$2:$3 ");
        plain = UniversalTime()
            .Replace(plain, plain.Contains(':', StringComparison.Ordinal) && ColonOffset().IsMatch(plain) ? " " : " +00:00 ");
        plain = NameBehindOffset().Replace(plain, string.Empty);
        return Blanks().Replace(plain, " ").Trim();
    }

    [GeneratedRegex(@"^([0-9]{10}|[0-9]{13}|[0-9]{10}\.[0-9]+)$")]
    private static partial Regex UnixTime();

    // Go's monotonic clock, zone names in brackets, days of the week, commas.
    [GeneratedRegex(@"\sm=[+-][\d.]+|\([^)]*\)|\[[^\]]*\]|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b|,(?!\d)", RegexOptions.IgnoreCase)]
    private static partial Regex Noise();

    [GeneratedRegex(@"[.,](\d{1,7})\d*")]
    private static partial Regex LongFraction();

    [GeneratedRegex(@"(\d)T(\d)", RegexOptions.IgnoreCase)]
    private static partial Regex BetweenDateAndTime();

    // PostgreSQL's, and ISO 8601's shortest.
    [GeneratedRegex(@"(?<=\d{2}:\d{2}:\d{2}(?:\.\d+)?\s?)([+-]\d{2})(?=\s|$)")]
    private static partial Regex HourOffset();

    // Behind a time of day: the hyphens of a date are no offset.
    [GeneratedRegex(@"(?<=\d{2}(?:\.\d+)?\s?|GMT|UTC)([+-])(\d{2}):?(\d{2})(?=\s|$)")]
    private static partial Regex Offset();

    [GeneratedRegex(@"[+-]\d{2}:\d{2}")]
    private static partial Regex ColonOffset();

    [GeneratedRegex(@"(?<=[+-]\d{2}:\d{2})\s+[A-Z]{2,5}\s*$")]
    private static partial Regex NameBehindOffset();

    [GeneratedRegex(@"(?<=\d)Z\b|\b(?:UTC|GMT|Z)\b", RegexOptions.IgnoreCase)]
    private static partial Regex UniversalTime();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
