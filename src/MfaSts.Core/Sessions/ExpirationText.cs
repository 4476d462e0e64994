using System.Globalization;

namespace MfaSts.Sessions;

/// <summary>The forms in which tools write when a session ends.</summary>
internal static class ExpirationText
{
    /// <summary>RFC 3339, UTC: what MfaSts writes, and what no SDK stumbles over.</summary>
    public const string Rfc3339 = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>aws-mfa's form, in UTC; awsume writes the same in local time.</summary>
    public const string Naive = "yyyy-MM-dd HH:mm:ss";

    private const string LocalTimeManager = "awsume";

    private static readonly string[] Forms =
    [
        Naive, "yyyy-MM-dd HH:mm:sszzz", "yyyy-MM-dd HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss'Z'",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK",
    ];

    public static string Format(DateTimeOffset expiration) => expiration.UtcDateTime.ToString(Rfc3339, CultureInfo.InvariantCulture);

    /// <summary>aws-mfa's form, the only one that it reads.</summary>
    public static string FormatNaive(DateTimeOffset expiration) => expiration.UtcDateTime.ToString(Naive, CultureInfo.InvariantCulture);

    /// <summary>Writes the expiry in the form that the section has already, so that the tool that made it still understands it.</summary>
    public static string FormatLike(string? existing, DateTimeOffset expiration) =>
        existing is not null && DateTime.TryParseExact(existing, Naive, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? FormatNaive(expiration)
            : Format(expiration);

    /// <summary>Reads an expiry. Without a zone it is UTC, unless awsume wrote it.</summary>
    /// <returns>Null when the text is no time: such a session is listed as unknown and never used.</returns>
    public static DateTimeOffset? Parse(string? text, string? manager)
    {
        var zone = manager == LocalTimeManager ? DateTimeStyles.AssumeLocal : DateTimeStyles.AssumeUniversal;
        return DateTimeOffset.TryParseExact(
            text?.Trim(), Forms, CultureInfo.InvariantCulture, zone | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : string.IsNullOrWhiteSpace(text) ? null : ForeignTime.Parse(text);
    }
}
