using System.Text;

namespace MfaSts.Files;

/// <summary>
/// Reads a file line by line with the grammar of Python's configparser as botocore uses it, and refuses what the AWS SDKs read differently
/// in a way that could hide or mix up credentials.
/// </summary>
internal ref struct IniReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _end;
    private int _position;
    private int _number;
    private int _indent;
    private bool _inSection;
    private bool _inValue;
    private bool _valueIsNested;

    /// <summary>Begins at a line start.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="end">Where to stop: the start of a line, or the end of the file.</param>
    /// <param name="line">The number of the first line.</param>
    /// <param name="inSection">True when a header stands somewhere before.</param>
    public IniReader(ReadOnlySpan<byte> bytes, int start, int end, int line, bool inSection)
    {
        _bytes = bytes;
        _position = start;
        _end = end;
        _number = line - 1;
        _inSection = inSection;
    }

    /// <summary>Reads the next line.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="IniFormatException">The line is refused.</exception>
    public bool Read(out IniLine line)
    {
        line = default;
        if (_position >= _end)
        {
            return false;
        }

        int lineEnd = FindLineEnd();
        line.Number = ++_number;
        line.Start = _position;
        line.Next = SkipLineBreak(lineEnd);
        _position = line.Next;
        (line.TextStart, line.TextEnd) = PythonText.Strip(_bytes, line.Start, lineEnd);
        if (line.TextStart == line.TextEnd)
        {
            line.Kind = IniLineKind.Blank;
        }
        else if (_bytes[line.TextStart] is (byte)'#' or (byte)';')
        {
            line.Kind = IniLineKind.Comment;
        }
        else
        {
            ReadText(ref line);
        }

        return true;
    }

    private readonly int FindLineEnd()
    {
        int length = _bytes[_position.._end].IndexOfAny((byte)'\n', (byte)'\r');
        return length < 0 ? _end : _position + length;
    }

    private readonly int SkipLineBreak(int lineEnd)
    {
        if (lineEnd == _end)
        {
            return _end;
        }

        bool isCrLf = _bytes[lineEnd] == '\r' && lineEnd + 1 < _end && _bytes[lineEnd + 1] == '\n';
        return lineEnd + (isCrLf ? 2 : 1);
    }

    private void ReadText(ref IniLine line)
    {
        int indent = line.TextStart == line.Start ? 0 : PythonText.CountCharacters(_bytes, line.Start, line.TextStart);
        if (_inValue && indent > _indent)
        {
            line.Kind = IniLineKind.Continuation;
            CheckContinuation(line);
            return;
        }

        _indent = indent;
        if (TryReadHeader(ref line))
        {
            _inSection = true;
            _inValue = false;
        }
        else
        {
            ReadKey(ref line);
            _inValue = true;
            _valueIsNested = line.ValueStart == line.ValueEnd;
        }
    }

    // SECTCRE of configparser: \[(?P<header>.+)\], greedy.
    private readonly bool TryReadHeader(ref IniLine line)
    {
        if (_bytes[line.TextStart] != '[')
        {
            return false;
        }

        var text = _bytes[line.TextStart..line.TextEnd];
        int close = text.LastIndexOf((byte)']');
        if (close < 2)
        {
            return false;
        }

        var name = text[1..close];
        int inner = name.IndexOf((byte)']');
        if (inner >= 0 && name[inner..].Contains((byte)'['))
        {
            throw new IniFormatException(
                line.Number, "the section header has text with brackets after it, which the AWS SDKs read as different names");
        }

        line.Kind = IniLineKind.Header;
        line.NameStart = line.TextStart + 1;
        line.NameEnd = line.TextStart + close;
        return true;
    }

    private readonly void ReadKey(ref IniLine line)
    {
        if (!_inSection)
        {
            throw new IniFormatException(line.Number, "there is text before the first [section]");
        }

        int delimiter = _bytes[line.TextStart..line.TextEnd].IndexOfAny((byte)'=', (byte)':');
        if (delimiter < 0)
        {
            throw new IniFormatException(line.Number, "it is neither a [section], nor a comment, nor 'key = value'");
        }

        line.Kind = IniLineKind.Key;
        line.Delimiter = line.TextStart + delimiter;
        line.NameStart = line.TextStart;
        line.NameEnd = PythonText.TrimEnd(_bytes, line.TextStart, line.Delimiter);
        if (line.NameStart == line.NameEnd)
        {
            throw new IniFormatException(line.Number, "there is no key before the '='");
        }

        line.ValueStart = PythonText.SkipSpace(_bytes, line.Delimiter + 1, line.TextEnd);
        line.ValueEnd = line.TextEnd;
        if (line.ValueStart >= line.ValueEnd)
        {
            line.ValueStart = line.ValueEnd = line.Delimiter + 1;
        }
    }

    private readonly void CheckContinuation(in IniLine line)
    {
        var text = _bytes[line.TextStart..line.TextEnd];
        if (text[0] == '[' && text.LastIndexOf((byte)']') > 1)
        {
            throw new IniFormatException(
                line.Number, "an indented [section] belongs to the value above it for some AWS SDKs; remove the blanks before it");
        }

        bool hasEquals = text.Contains((byte)'=');
        if (_valueIsNested)
        {
            CheckNested(line, text, hasEquals);
        }
        else if (hasEquals)
        {
            throw new IniFormatException(
                line.Number, "an indented 'key = value' belongs to the value above it for some AWS SDKs; remove the blanks before it");
        }
    }

    // botocore splits each line of a nested block at its '=', and refuses the whole file when there is none.
    private static void CheckNested(in IniLine line, ReadOnlySpan<byte> text, bool hasEquals)
    {
        if (!hasEquals
            || PythonText.SplitLines(Encoding.UTF8.GetString(text)).Any(part => !PythonText.Strip(part).IsEmpty && !part.Contains('=')))
        {
            throw new IniFormatException(line.Number, "a line of a nested block has no '='");
        }
    }
}
