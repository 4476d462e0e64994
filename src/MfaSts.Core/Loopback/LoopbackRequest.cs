using System.Text;

namespace MfaSts.Loopback;

/// <summary>
/// The head of a request, byte for byte: nothing is decoded or normalised, so that what is compared is what was sent (RFC 9112).
/// </summary>
internal sealed class LoopbackRequest
{
    private const string LineEnd = "\r\n";

    private LoopbackRequest(string method, string target, string? host, string? authorization) =>
        (Method, Target, Host, Authorization) = (method, target, host, authorization);

    /// <summary>The method; it may be anything.</summary>
    public string Method { get; }

    /// <summary>The path with its query, or whatever else was asked for.</summary>
    public string Target { get; }

    /// <summary>The value of the Host header; null unless there is exactly one.</summary>
    public string? Host { get; }

    /// <summary>The value of the Authorization header; null unless there is exactly one.</summary>
    public string? Authorization { get; }

    /// <summary>Reads a head, with the empty line that ends it.</summary>
    /// <returns>Null when it is not one of HTTP/1.0 or 1.1.</returns>
    public static LoopbackRequest? Parse(ReadOnlySpan<byte> head)
    {
        string text = Encoding.Latin1.GetString(head);
        string[] lines = text.Split(LineEnd);
        if (lines is not [var first, .. var headers, "", ""] || Array.Exists(lines, HasControl)
            || first.Split(' ') is not [{ Length: > 0 } method, { Length: > 0 } target, "HTTP/1.1" or "HTTP/1.0"]
            || !Array.TrueForAll(headers, IsHeader))
        {
            return null;
        }

        return new LoopbackRequest(method, target, Single(headers, "Host"), Single(headers, "Authorization"));
    }

    // A header's line that begins with a blank goes on with the one before: nobody sends that any more, and readers disagree on it.
    private static bool IsHeader(string line) =>
        line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && line.AsSpan(0, colon).IndexOfAny(' ', '\t') < 0;

    private static bool HasControl(string line) => line.AsSpan().ContainsAnyInRange('\0', '\b')
        || line.AsSpan().ContainsAnyInRange('\n', '\x1f')
        || line.Contains('\x7f', StringComparison.Ordinal);

    private static string? Single(string[] headers, string name)
    {
        string? value = null;
        foreach (string header in headers)
        {
            if (header.Length > name.Length && header[name.Length] == ':' && header.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                if (value is not null)
                {
                    return null;
                }

                value = header[(name.Length + 1)..].Trim(' ', '\t');
            }
        }

        return value;
    }

    /// <summary>Names the method only: the target may be a secret.</summary>
    public override string ToString() => Method;
}
