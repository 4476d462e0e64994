using System.Globalization;

namespace MfaSts.Sandbox;

/// <summary>The three forms in which AWS writes a moment.</summary>
internal static class AwsTime
{
    private const string BasicFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>As in signatures: <c>20150830T123600Z</c>.</summary>
    internal static string Basic(DateTimeOffset time) => Format(time, BasicFormat);

    /// <summary>As in answers: <c>2015-08-30T12:36:00Z</c>.</summary>
    internal static string Extended(DateTimeOffset time) => Format(time, "yyyy-MM-dd'T'HH:mm:ss'Z'");

    /// <summary>As in the Date header: <c>Sun, 30 Aug 2015 12:36:00 GMT</c>.</summary>
    internal static string Http(DateTimeOffset time) => time.ToString("R", CultureInfo.InvariantCulture);

    internal static bool TryParseBasic(string? text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        text, BasicFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    internal static bool TryParseHttp(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, "R", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out time);

    internal static DateTimeOffset WholeSeconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private static string Format(DateTimeOffset time, string format) => time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
