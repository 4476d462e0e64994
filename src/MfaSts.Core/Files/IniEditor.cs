using System.Text;

namespace MfaSts.Files;

/// <summary>Edits of a document, each giving a new one. A byte that an edit is not about never changes.</summary>
internal static class IniEditor
{
    /// <summary>
    /// Sets keys of a section, and removes those whose new value is null with their whole lines. A section that is not there is added at
    /// the end of the file.
    /// </summary>
    /// <exception cref="IniFormatException">A key to be changed has continuation lines.</exception>
    public static IniDocument Set(this IniDocument document, string section, IEnumerable<KeyValuePair<string, string?>> values)
    {
        List<KeyValuePair<string, string?>> changes = [.. values];
        foreach ((string key, string? value) in changes)
        {
            RequireWritable(key, value);
        }

        if (document.Find(section) is null && changes.TrueForAll(change => change.Value is null))
        {
            return document;
        }

        var edited = document.Find(section) is { } found
            ? Edit(document, found, changes)
            : Append(document, section, changes);
        RequireRead(edited, section, changes);
        return edited;
    }

    /// <summary>
    /// Removes a section: from its header to its last key, and the blank lines that parted it from its neighbour. Comments behind it stay.
    /// </summary>
    /// <exception cref="IniFormatException">One of its keys has continuation lines.</exception>
    public static IniDocument Remove(this IniDocument document, string section)
    {
        if (document.Find(section) is not { } found)
        {
            return document;
        }

        foreach (var key in found.Keys)
        {
            RequireOneLine(key);
        }

        int end = found.Keys.Count == 0 ? found.Header.Next : found.Keys[^1].BlockEnd;
        if (EndsWithBlankLine(document, found.Header.Start))
        {
            end = SkipBlankLines(document, end, found.End);
        }

        return IniDocument.Parse(new ByteSplicer(document.Bytes).Replace(found.Header.Start, end, string.Empty).ToArray());
    }

    /// <summary>
    /// Removes keys of a section, and the section itself when no other key is left in it. A comment among its keys is somebody's: it stays,
    /// and its header with it.
    /// </summary>
    public static IniDocument RemoveKeys(this IniDocument document, IniSection section, IReadOnlyCollection<string> keys) =>
        section.Keys.Count > 0 && section.Keys.All(key => keys.Contains(key.Name, StringComparer.OrdinalIgnoreCase))
            && !HasCommentAmongKeys(document, section)
            ? document.Remove(section.Name)
            : document.Set(section.Name, keys.Select(key => new KeyValuePair<string, string?>(key, null)));

    /// <summary>Gives a section another name; its keys and whatever follows the header stay.</summary>
    /// <returns>The very document when there is no such section.</returns>
    /// <exception cref="IniFormatException">A section of the new name is there.</exception>
    public static IniDocument Rename(this IniDocument document, string section, string name) => document.Find(section) is { } found
        ? IniDocument.Parse(new ByteSplicer(document.Bytes).Replace(found.Header.NameStart, found.Header.NameEnd, name).ToArray())
        : document;

    /// <summary>Takes the byte order mark away, which the AWS CLI does not read.</summary>
    public static IniDocument RemoveByteOrderMark(this IniDocument document) =>
        document.TextStart > 0 ? IniDocument.Parse(document.Bytes[document.TextStart..]) : document;

    /// <summary>Writes <c>=</c> between a key and its value, where a colon stands that not every AWS SDK reads.</summary>
    public static IniDocument SetDelimiter(this IniDocument document, string section, string key) =>
        document.Find(section)?.FindKey(key) is { } found && document.Bytes[found.Line.Delimiter] == ':'
            ? IniDocument.Parse(new ByteSplicer(document.Bytes).Replace(found.Line.Delimiter, found.Line.Delimiter + 1, "=").ToArray())
            : document;

    private static bool HasCommentAmongKeys(IniDocument document, IniSection section)
    {
        var reader =
            new IniReader(document.Bytes, section.Header.Next, section.Keys[^1].BlockEnd, section.Header.Number + 1, inSection: true);
        while (reader.Read(out var line))
        {
            if (line.Kind == IniLineKind.Comment)
            {
                return true;
            }
        }

        return false;
    }

    private static IniDocument Edit(IniDocument document, IniSection section, List<KeyValuePair<string, string?>> changes)
    {
        var splicer = new ByteSplicer(document.Bytes);
        var style = IniStyle.Of(document, section);
        var added = new StringBuilder();
        foreach ((string key, string? value) in changes)
        {
            if (section.FindKey(key) is { } existing)
            {
                Change(splicer, document.Bytes, existing, value);
            }
            else if (value is not null)
            {
                added.Append(style.Indent).Append(key).Append(style.Delimiter).Append(value).Append(style.LineBreak);
            }
        }

        if (added.Length > 0)
        {
            InsertLines(
                splicer,
                document.Bytes,
                section.Keys.Count == 0 ? section.Header.Next : section.Keys[^1].BlockEnd,
                added.ToString(),
                style);
        }

        return IniDocument.Parse(splicer.ToArray());
    }

    private static void Change(ByteSplicer splicer, byte[] bytes, IniKey key, string? value)
    {
        if (value == key.Value)
        {
            return;
        }

        RequireOneLine(key);
        if (value is null)
        {
            splicer.Replace(key.Line.Start, key.BlockEnd, string.Empty);
            return;
        }

        // 'key: value' is not read by all SDKs, so a line that is written anyway gets its '='.
        if (bytes[key.Line.Delimiter] == ':')
        {
            splicer.Replace(key.Line.Delimiter, key.Line.Delimiter + 1, "=");
        }

        bool needsBlank = key.Line.ValueStart == key.Line.ValueEnd && key.Line.Delimiter > key.Line.NameEnd;
        splicer.Replace(key.Line.ValueStart, key.Line.ValueEnd, needsBlank ? " " + value : value);
    }

    private static void RequireOneLine(IniKey key)
    {
        if (key.HasContinuation)
        {
            throw new IniFormatException(
                key.Line.Number,
                $"the value of '{key.Name}' goes on over several lines, and such a value is not changed; put it on one line");
        }
    }

    private static IniDocument Append(IniDocument document, string section, List<KeyValuePair<string, string?>> changes)
    {
        byte[] bytes = document.Bytes;
        var style = IniStyle.Of(document, section: null);
        bool isEmpty = bytes.Length == document.TextStart;
        var added = new StringBuilder();
        if (!isEmpty && !EndsWithBlankLine(document, bytes.Length))
        {
            added.Append(style.LineBreak);
        }

        added.Append('[').Append(section).Append(']').Append(style.LineBreak);
        foreach ((string key, string? value) in changes)
        {
            if (value is not null)
            {
                added.Append(key).Append(style.Delimiter).Append(value).Append(style.LineBreak);
            }
        }

        var splicer = new ByteSplicer(bytes);
        InsertLines(splicer, bytes, bytes.Length, added.ToString(), style);
        return IniDocument.Parse(splicer.ToArray());
    }

    // Behind a last line without line break the new lines begin with one, and end without one: the file's end keeps its form.
    private static void InsertLines(ByteSplicer splicer, byte[] bytes, int position, string lines, IniStyle style)
    {
        bool isOpenLine = position == bytes.Length && position > 0 && bytes[position - 1] is not ((byte)'\n' or (byte)'\r')
            && !IsOnlyByteOrderMark(bytes);
        splicer.Insert(position, isOpenLine ? style.LineBreak + lines[..^style.LineBreak.Length] : lines);
    }

    private static bool IsOnlyByteOrderMark(byte[] bytes) => bytes is [0xEF, 0xBB, 0xBF];

    private static bool EndsWithBlankLine(IniDocument document, int position)
    {
        ReadOnlySpan<byte> before = document.Bytes.AsSpan(document.TextStart, position - document.TextStart);
        return before.IsEmpty || before.EndsWith("\n\n"u8) || before.EndsWith("\n\r\n"u8) || before.EndsWith("\r\r"u8)
            || before.SequenceEqual("\n"u8) || before.SequenceEqual("\r\n"u8);
    }

    private static int SkipBlankLines(IniDocument document, int position, int end)
    {
        var reader = new IniReader(document.Bytes, position, end, line: 1, inSection: true);
        while (reader.Read(out var line) && line.Kind == IniLineKind.Blank)
        {
            position = line.Next;
        }

        return position;
    }

    // The callers validate what users give; this is the last gate before the file. A blank and a comment sign would cut the value in the
    // JavaScript SDK.
    private static void RequireWritable(string key, string? value)
    {
        bool isKey = key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
        bool isValue = value is null
            || (value.Length > 0 && value.Trim().Length == value.Length && !value.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029')
                && !value.Contains(" #", StringComparison.Ordinal) && !value.Contains(" ;", StringComparison.Ordinal)
                && value[0] is not ('#' or ';'));
        if (!isKey || !isValue)
        {
            throw new IniFormatException(null, $"the new value of '{key}' has characters that cannot be written to it");
        }
    }

    // An edit is read back before it can reach the disk: a mistake here must not cost anyone a credentials file.
    private static void RequireRead(IniDocument edited, string section, List<KeyValuePair<string, string?>> changes)
    {
        var found = edited.Find(section);
        if (found is null || changes.Any(change => found.FindKey(change.Key)?.Value != change.Value))
        {
            throw new IniFormatException(
                found?.Header.Number, $"the section [{section}] cannot be changed, because tools would read the result in different ways");
        }
    }
}
