using System.Text;

namespace MfaSts.Files;

/// <summary>A key of a section, with the byte positions that an edit needs.</summary>
internal sealed class IniKey
{
    private readonly byte[] _bytes;

    public IniKey(byte[] bytes, IniLine line)
    {
        _bytes = bytes;
        Line = line;
        BlockEnd = line.Next;
        Name = Encoding.UTF8.GetString(bytes, line.NameStart, line.NameEnd - line.NameStart);
        Value = Encoding.UTF8.GetString(bytes, line.ValueStart, line.ValueEnd - line.ValueStart);
    }

    /// <summary>The key as it is spelled in the file. Keys are compared without regard to case.</summary>
    public string Name { get; }

    /// <summary>The value; continuation lines are joined by line feeds, as botocore does.</summary>
    public string Value { get; private set; }

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
        foreach (string line in Value.Split('\n'))
        {
            int delimiter = line.IndexOf('=', StringComparison.Ordinal);
            if (delimiter > 0 && line.AsSpan(0, delimiter).Trim().SequenceEqual(name))
            {
                found = line[(delimiter + 1)..].Trim();
            }
        }

        return found;
    }

    internal void Continue(IniLine line, int blankLinesBefore)
    {
        Value += new string('\n', blankLinesBefore + 1)
            + Encoding.UTF8.GetString(_bytes, line.TextStart, line.TextEnd - line.TextStart);
        BlockEnd = line.Next;
        HasContinuation = true;
    }
}
