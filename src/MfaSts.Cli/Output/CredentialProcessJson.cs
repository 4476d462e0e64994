using System.Text.Encodings.Web;
using System.Text.Json;

namespace MfaSts.Cli.Output;

/// <summary>
/// The answer of a credential_process (AWS SDKs and Tools reference guide, "Process credential provider"): one line, no byte order mark, no
/// null field.
/// </summary>
internal static class CredentialProcessJson
{
    // The default escapes the '+' of base64 as \u002B: right, but not what a person expects to see.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Of(MfaSession session)
    {
        using var buffer = new MemoryStream(2048);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("Version", 1);
            StsJson.WriteKeys(json, session);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
