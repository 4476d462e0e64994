using System.Text;

namespace MfaSts.Files;

/// <summary>A key of a section, with the byte positions that an edit needs.</summary>
internal sealed class IniKey
{
    private readonly byte[] _bytes;
    private string _value;
    private StringBuilder? _continued;

    public IniKey(byte[] bytes, IniLine line)
    {
        _bytes = bytes;
        Line = line;
        BlockEnd = line.Next;
        Name = Encoding.UTF8.GetString(bytes, line.NameStart, line.NameEnd - line.NameStart);
        _value = Encoding.UTF8.GetString(bytes, line.ValueStart, line.ValueEnd - line.ValueStart);
    }

    /// <summary>The key as it is spelled in the file. Keys are compared without regard to case.</summary>
    public string Name { get; }

    /// <summary>The value; continuation lines are joined by line feeds, as botocore does.</summary>
    public string Value
    {
        get
        {
            if (_continued is not null)
            {
                _value = _continued.ToString();
                _continued = null;
            }

            return _value;
        }
    }

    /// <summary>The key's own line.</summary>
    public IniLine Line { get; }

    /// <summary>Where the key ends, its continuation lines included.</summary>
    public int BlockEnd { get; private set; }

    /// <summary>True when other lines belong to the value. Such a key is never edited.</summary>
    public bool HasContinuation { get; private set; }

    /// <summary>The indented <c>name = value</c> lines below an empty value, as in the services sections of config.</summary>
    public string? GetNested(string name)
    {
        if (!Value.StartsWith('\n'))
        {
            return null;
        }

        string? found = null;
        foreach (string line in PythonText.SplitLines(Value))
        {
            int delimiter = line.IndexOf('=', StringComparison.Ordinal);
            if (delimiter > 0 && PythonText.Strip(line.AsSpan(0, delimiter)).SequenceEqual(name))
            {
                found = PythonText.Strip(line.AsSpan(delimiter + 1)).ToString();
            }
        }

        return found;
    }

    internal void Continue(IniLine line, int blankLinesBefore)
    {
        _continued ??= new StringBuilder(_value);
        _continued.Append('\n', blankLinesBefore + 1)
            .Append(Encoding.UTF8.GetString(_bytes, line.TextStart, line.TextEnd - line.TextStart));
        BlockEnd = line.Next;
        HasContinuation = true;
    }
}
