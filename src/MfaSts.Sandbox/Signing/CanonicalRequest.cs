using System.Text;
using System.Text.RegularExpressions;

namespace MfaSts.Sandbox.Signing;

/// <summary>
/// A request in the one form that both sides sign. Paths are not normalised (dot segments, double slashes): STS and IAM answer at "/" only.
/// </summary>
internal sealed partial class CanonicalRequest
{
    private readonly string _text;

    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path as on the wire. It is encoded once more, as every service but S3 wants it.</param>
    /// <param name="query">The query string as on the wire, without the question mark.</param>
    /// <param name="headers">The headers to sign, each with its values in the order of arrival.</param>
    /// <param name="payloadHash">The body's SHA-256 in hexadecimal.</param>
    internal CanonicalRequest(
        string method, string path, string query, IEnumerable<KeyValuePair<string, IEnumerable<string>>> headers, string payloadHash)
    {
        var sorted = new SortedDictionary<string, IEnumerable<string>>(StringComparer.Ordinal);
        foreach ((string name, var values) in headers)
        {
            sorted[Lower(name)] = values;
        }

        SignedHeaders = string.Join(';', sorted.Keys);
        var text = new StringBuilder();
        text.Append(method).Append('\n')
            .Append(string.Join('/', path.Split('/').Select(Encode))).Append('\n')
            .Append(CanonicalQuery(query)).Append('\n');
        foreach ((string name, var values) in sorted)
        {
            text.Append(name).Append(':').AppendJoin(',', values.Select(Trimmed)).Append('\n');
        }

        _text = text.Append('\n').Append(SignedHeaders).Append('\n').Append(payloadHash).ToString();
    }

    /// <summary>The signed headers' names, sorted, with semicolons between them.</summary>
    internal string SignedHeaders { get; }

    /// <inheritdoc/>
    public override string ToString() => _text;

    private static string CanonicalQuery(string query)
    {
        IEnumerable<(string Name, string Value)> pairs = query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => (Recode(pair[0]), pair.Length == 2 ? Recode(pair[1]) : string.Empty));
        return string.Join('&', pairs
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}"));
    }

    private static string Recode(string text) => Encode(Uri.UnescapeDataString(text));

    // Uri.EscapeDataString leaves exactly RFC 3986's unreserved characters as they are, which is SigV4's rule.
    private static string Encode(string text) => Uri.EscapeDataString(text);

    private static string Trimmed(string value) => Blanks().Replace(value.Trim(), " ");

    // By way of a span: CA1308 would have upper case, which is not SigV4's.
    private static string Lower(string name) =>
        string.Create(name.Length, name, static (span, source) => source.AsSpan().ToLowerInvariant(span));

    [GeneratedRegex(" {2,}")]
    private static partial Regex Blanks();
}
