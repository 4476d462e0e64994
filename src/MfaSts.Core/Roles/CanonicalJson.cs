using System.Globalization;
using System.Text;

namespace MfaSts.Roles;

/// <summary>
/// Writes JSON in one form only: arrays of strings, nulls and arrays, without blanks. By hand, since System.Text.Json costs a shell more to
/// load than a stored session costs to read.
/// </summary>
internal sealed class CanonicalJson
{
    private readonly StringBuilder _text = new();

    public CanonicalJson Begin()
    {
        Separate();
        _text.Append('[');
        return this;
    }

    public CanonicalJson End()
    {
        _text.Append(']');
        return this;
    }

    public CanonicalJson Add(string? value)
    {
        Separate();
        if (value is null)
        {
            _text.Append("null");
            return this;
        }

        _text.Append('"');
        foreach (char c in value)
        {
            Append(c);
        }

        _text.Append('"');
        return this;
    }

    public CanonicalJson Add(IEnumerable<string> values)
    {
        Begin();
        foreach (string value in values)
        {
            Add(value);
        }

        return End();
    }

    public override string ToString() => _text.ToString();

    private void Separate()
    {
        if (_text.Length > 0 && _text[^1] != '[')
        {
            _text.Append(',');
        }
    }

    private void Append(char c)
    {
        if (c is '"' or '\\')
        {
            _text.Append('\\').Append(c);
        }
        else if (c < ' ')
        {
            _text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }
        else
        {
            _text.Append(c);
        }
    }
}
