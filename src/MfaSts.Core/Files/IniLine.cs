namespace MfaSts.Files;

internal enum IniLineKind
{
    Blank,
    Comment,
    Header,
    Key,
    Continuation,
}

/// <summary>One line of a file as the grammar sees it. Positions are byte offsets into the file.</summary>
internal struct IniLine
{
    public IniLineKind Kind;

    /// <summary>Counted from 1.</summary>
    public int Number;

    /// <summary>Where the line begins.</summary>
    public int Start;

    /// <summary>Where its text, without indentation, begins and, without trailing blanks, ends.</summary>
    public int TextStart;

    /// <summary>Where its text ends.</summary>
    public int TextEnd;

    /// <summary>Where the next line begins: behind this line's LF, CR LF or CR.</summary>
    public int Next;

    /// <summary>The name of a header, without brackets, or of a key.</summary>
    public int NameStart;

    /// <summary>The end of the name.</summary>
    public int NameEnd;

    /// <summary>The = or : of a key.</summary>
    public int Delimiter;

    /// <summary>The value of a key; an empty one begins and ends just behind the delimiter.</summary>
    public int ValueStart;

    /// <summary>The end of the value.</summary>
    public int ValueEnd;
}
