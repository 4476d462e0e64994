using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MfaSts.Loopback;

/// <summary>What is answered. Nobody may keep it, and the connection ends with it.</summary>
/// <param name="status">The status code.</param>
/// <param name="contentType">The body's type.</param>
/// <param name="body">The body.</param>
/// <param name="headers">Headers more, a line each, without the end of the last; or null.</param>
internal sealed class LoopbackAnswer(int status, string contentType, byte[] body, string? headers = null)
{
    private const string Json = "application/json";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The status code.</summary>
    public int Status => status;

    /// <summary>With it the server ends.</summary>
    public bool IsLast { get; init; }

    /// <summary>A JSON object.</summary>
    public static LoopbackAnswer Object(int status, string? headers, params ReadOnlySpan<(string Name, string Value)> members)
    {
        using var buffer = new MemoryStream(2048);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            foreach ((string name, string value) in members)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        return new LoopbackAnswer(status, Json, buffer.ToArray(), headers);
    }

    /// <summary>A refusal, in the members of which the AWS SDKs show one or the other.</summary>
    public static LoopbackAnswer Refusal(int status, string code, string message, string? headers = null) =>
        Object(status, headers, ("code", code), ("message", message));

    /// <summary>The bytes on the wire.</summary>
    public byte[] ToBytes()
    {
        string head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status} {Reason}\r\nContent-Type: {contentType}\r\nContent-Length: {body.Length}\r\nCache-Control: no-store\r\n"
                + $"Connection: close\r\n{(headers is null ? string.Empty : headers + "\r\n")}\r\n");
        return [.. Encoding.Latin1.GetBytes(head), .. body];
    }

    /// <summary>The status only.</summary>
    public override string ToString() => status.ToString(CultureInfo.InvariantCulture);

    // RFC 9110, section 15.
    private string Reason => status switch
    {
        200 => "OK",
        302 => "Found",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        410 => "Gone",
        431 => "Request Header Fields Too Large",
        _ => "Service Unavailable",
    };
}
