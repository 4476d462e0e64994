namespace MfaSts.Files;

/// <summary>
/// A section of a document. Its keys are read when they are first asked for, so that one profile out of thousands costs what one profile
/// costs.
/// </summary>
internal sealed class IniSection
{
    private readonly IniDocument _document;
    private List<IniKey>? _keys;

    public IniSection(IniDocument document, string name, IniLine header)
    {
        _document = document;
        Name = name;
        Header = header;
        End = header.Next;
    }

    /// <summary>The text between the brackets, blanks included.</summary>
    public string Name { get; }

    /// <summary>The header line.</summary>
    public IniLine Header { get; }

    /// <summary>Where the next section's header line, or the end of the file, begins.</summary>
    public int End { get; internal set; }

    /// <summary>The keys in the order of the file, without those of [DEFAULT].</summary>
    public IReadOnlyList<IniKey> Keys => _keys ??= ReadKeys();

    /// <summary>A key's own value, or the one that [DEFAULT] gives to every section, or null. An empty value is not null.</summary>
    public string? this[string key] => FindKey(key)?.Value ?? _document.Defaults?.FindKey(key)?.Value;

    /// <summary>A key of this very section, or null.</summary>
    public IniKey? FindKey(string key)
    {
        foreach (var candidate in Keys)
        {
            if (candidate.Name.Equals(key, StringComparison.OrdinalIgnoreCase))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>The name of a key that begins so, of this section or of [DEFAULT], or null.</summary>
    public string? FindNameBeginning(string text) =>
        Keys.Concat(_document.Defaults?.Keys ?? [])
            .FirstOrDefault(key => key.Name.StartsWith(text, StringComparison.OrdinalIgnoreCase))?.Name;

    private List<IniKey> ReadKeys()
    {
        var keys = new List<IniKey>();
        int blankLines = 0;
        var reader = new IniReader(_document.Bytes, Header.Next, End, Header.Number + 1, inSection: true);
        while (reader.Read(out var line))
        {
            if (line.Kind == IniLineKind.Key)
            {
                keys.Add(new IniKey(_document.Bytes, line));
            }
            else if (line.Kind == IniLineKind.Continuation)
            {
                keys[^1].Continue(line, blankLines);
            }

            blankLines = line.Kind == IniLineKind.Blank ? blankLines + 1 : line.Kind == IniLineKind.Comment ? blankLines : 0;
        }

        return keys;
    }
}
