using System.Text.RegularExpressions;

namespace MfaSts.Aws;

/// <summary>AWS's own words, made fit to be shown: without the code and the keys, on one line, not endless.</summary>
internal static partial class AwsWords
{
    private const int Longest = 500;

    private const string Hidden = "[hidden]";

    /// <summary>
    /// Cleans a text that came from outside. AWS quotes a malformed value back, and a signature error may list the request's headers.
    /// </summary>
    public static string Quote(string? text, StsOperation operation)
    {
        string shown = Secrets(operation)
            .SelectMany(secret => new[] { secret, Uri.EscapeDataString(secret) })
            .Aggregate(text ?? string.Empty, (words, secret) => words.Replace(secret, Hidden, StringComparison.OrdinalIgnoreCase));
        string line = Blanks().Replace(shown, " ").Trim();
        return line.Length <= Longest ? line : line[..Longest] + "…";
    }

    private static IEnumerable<string> Secrets(StsOperation operation) =>
        new[] { operation.Call.SessionToken, operation.Call.SecretAccessKey, operation.TokenCode }.OfType<string>()
            .Where(secret => secret.Length > 0);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
