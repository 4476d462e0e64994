using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MfaSts.Cli.Output;

/// <summary>How one kind of shell or file writes that variables are set and taken away.</summary>
internal sealed class AssignmentFormat
{
    // Each line of a shell's ends with a semicolon: eval $(…) without quotes joins them by blanks, and all words would go to the first
    // unset.
    private static readonly Dictionary<string, AssignmentFormat> ByName = new()
    {
        ["bash"] =
            new(name => $"unset {name};\n", (name, value) => $"export {name}='{value.Replace("'", "'\\''", StringComparison.Ordinal)}';\n"),
        ["fish"] = new(name => $"set -e {name};\n", (name, value) => $"set -gx {name} '{EscapeFish(value)}';\n"),
        ["powershell"] =
            new(
                name => $"Remove-Item Env:\\{name} -ErrorAction Ignore;\n",
                (name, value) => $"$Env:{name} = '{EscapePowerShell(value)}';\n"),
        ["cmd"] =
            new(
                name => $"set \"{name}=\"\r\n",
                (name, value) => $"set \"{name}={value.Replace("%", "%%", StringComparison.Ordinal)}\"\r\n"),
        ["dotenv"] = new(_ => string.Empty, (name, value) => $"{name}={value}\n"),
        ["json"] = new(),
    };

    private readonly Func<string, string>? _unset;
    private readonly Func<string, string, string>? _set;

    private AssignmentFormat(Func<string, string>? unset = null, Func<string, string, string>? set = null)
    {
        _unset = unset;
        _set = set;
    }

    public static IEnumerable<string> Names => ByName.Keys;

    public static AssignmentFormat Named(string name) => ByName[name];

    /// <summary>The whole text.</summary>
    /// <param name="values">The variables to set.</param>
    /// <param name="unset">The variables to take away first.</param>
    public string Write(IReadOnlyDictionary<string, string> values, IEnumerable<string> unset)
    {
        if (_set is null)
        {
            return WriteJson(values, unset);
        }

        var text = new StringBuilder();
        foreach (string name in unset)
        {
            text.Append(_unset!(name));
        }

        foreach ((string name, string value) in values)
        {
            text.Append(_set(name, value));
        }

        return text.ToString();
    }

    // In single quotes fish knows the backslash and the quote.
    private static string EscapeFish(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);

    // PowerShell takes the typographic quotes for single quotes, too.
    private static string EscapePowerShell(string value) =>
        "'\u2018\u2019\u201A\u201B".Aggregate(
            value, (text, quote) => text.Replace(quote.ToString(), $"{quote}{quote}", StringComparison.Ordinal));

    // With nothing to set, the names to take away are all that can be said: each with null.
    private static string WriteJson(IReadOnlyDictionary<string, string> values, IEnumerable<string> unset)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions
        {
            Indented = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
        {
            json.WriteStartObject();
            foreach ((string name, string value) in values)
            {
                json.WriteString(name, value);
            }

            foreach (string name in values.Count == 0 ? unset : [])
            {
                json.WriteNull(name);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }
}
