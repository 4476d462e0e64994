using System.Text;

namespace MfaSts.Credentials;

/// <summary>
/// Reads comma-separated values (RFC 4180), or values with another separator. A line end is CR LF, LF or CR; empty lines are passed over.
/// </summary>
internal sealed class CsvText
{
    private const char End = '\0';

    private readonly string _text;
    private readonly char _separator;
    private int _position;
    private int _line = 1;

    private CsvText(string text, char separator) => (_text, _separator) = (text, separator);

    private char Current => _position < _text.Length ? _text[_position] : End;

    private bool IsAtLineEnd => _position >= _text.Length || Current is '\r' or '\n';

    /// <summary>All records, each with the line, counted from 1, on which it begins.</summary>
    /// <exception cref="CsvFormatException">A quote is where none may be, or one is missing.</exception>
    public static IReadOnlyList<(int Line, IReadOnlyList<string> Fields)> Read(string text, char separator = ',')
    {
        var reader = new CsvText(text, separator);
        var records = new List<(int, IReadOnlyList<string>)>();
        while (reader._position < text.Length)
        {
            int line = reader._line;
            if (!reader.IsAtLineEnd)
            {
                records.Add((line, reader.Record()));
            }

            reader.EndLine();
        }

        return records;
    }

    /// <summary>The fields of the first line with text, as far as they can be read; empty when they cannot.</summary>
    public static IReadOnlyList<string> Header(string text, char separator)
    {
        string line = text.Split('\r', '\n').FirstOrDefault(candidate => candidate.Length > 0) ?? string.Empty;
        try
        {
            return Read(line, separator) is [var first] ? first.Fields : [];
        }
        catch (CsvFormatException)
        {
            return [];
        }
    }

    private List<string> Record()
    {
        var fields = new List<string> { Field() };
        while (Current == _separator)
        {
            _position++;
            fields.Add(Field());
        }

        return fields;
    }

    private string Field() => Current == '"' ? Quoted() : Bare();

    private string Bare()
    {
        int start = _position;
        while (!IsAtLineEnd && Current != _separator)
        {
            if (Current == '"')
            {
                throw new CsvFormatException(_line, "a field that does not begin with a quote has a quote in it");
            }

            _position++;
        }

        return _text[start.._position];
    }

    private string Quoted()
    {
        int start = _line;
        var field = new StringBuilder();
        for (_position++; _position < _text.Length; _position++)
        {
            if (Current != '"')
            {
                CountLine();
                field.Append(Current);
            }
            else if (_position + 1 < _text.Length && _text[_position + 1] == '"')
            {
                field.Append('"');
                _position++;
            }
            else
            {
                _position++;
                return IsAtLineEnd || Current == _separator
                    ? field.ToString()
                    : throw new CsvFormatException(_line, "text follows a field's closing quote");
            }
        }

        throw new CsvFormatException(start, "the closing quote of a field is missing");
    }

    private void EndLine()
    {
        if (_position >= _text.Length)
        {
            return;
        }

        CountLine();
        _position++;
    }

    // Of CR LF the CR is not counted.
    private void CountLine()
    {
        bool isFirstOfTwo = Current == '\r' && _position + 1 < _text.Length && _text[_position + 1] == '\n';
        if (Current is '\r' or '\n' && !isFirstOfTwo)
        {
            _line++;
        }
    }
}
