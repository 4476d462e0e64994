using System.Text.Encodings.Web;
using System.Text.Json;

namespace MfaSts.Cli.Output;

/// <summary>A list for other programs: an array of objects, indented, with a line end.</summary>
internal static class JsonList
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="items">What is listed.</param>
    /// <param name="writeMembers">Writes the members of an item's object.</param>
    public static void Write<T>(Stream output, IEnumerable<T> items, Action<Utf8JsonWriter, T> writeMembers)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartArray();
            foreach (var item in items)
            {
                json.WriteStartObject();
                writeMembers(json, item);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        output.WriteByte((byte)'\n');
    }
}
