using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MfaSts.Cli.Output;

/// <summary>
/// A session as <c>aws sts get-session-token</c> and <c>assume-role</c> print one, for programs that call them (STS API reference, data
/// type Credentials).
/// </summary>
internal static class StsJson
{
    private static readonly JsonWriterOptions Options =
        new() { Indented = true, IndentSize = 4, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(MfaSession session)
    {
        using var buffer = new MemoryStream(2048);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteStartObject("Credentials");
            WriteKeys(json, session);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    /// <summary>The four fields, which a credential_process has as well.</summary>
    public static void WriteKeys(Utf8JsonWriter json, MfaSession session)
    {
        json.WriteString("AccessKeyId", session.AccessKeyId);
        json.WriteString("SecretAccessKey", session.SecretAccessKey);
        json.WriteString("SessionToken", session.SessionToken);
        json.WriteString("Expiration", session.ExpirationText);
    }
}
