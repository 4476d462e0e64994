using System.Text;

namespace MfaSts.Tests.Fakes;

/// <summary>Small files made of nasty pieces; the same seed gives the same files.</summary>
internal sealed class IniGenerator(int seed)
{
    private static readonly string[] Headers =
    [
        "[p]", "[q]", "[default]", "[DEFAULT]", "[profile p]", "[profile q]", "[profile default]", "[profile \"a b\"]", "[profile a b]",
        "[profile\tp]",
        "[profile  p]", "[ p ]", "[p] # c", "[p] junk", "[p] # see [q]", "[p]x]", "[P]", "[]", "[p", "[services s]", "[é]", "[p\u00a0]",
        "[profile 'p'", "[profile it's]",
        "[profile \\p]", "[[p]]", "[p=1]", "[]]", "[a:b]", "[sso-session s]",
    ];

    private static readonly string[] Names =
    [
        "aws_access_key_id", "aws_secret_access_key", "AWS_Access_Key_Id", "region", "Region", "k", "K", "key with blank", "é", "É", "s3",
        "[x", "a]b", "aws_session_token",
        "\"q\"", "%(k)s", "k\u00a0", "k;", "k#x",
    ];

    private static readonly string[] Delimiters =
        ["=", " = ", " =", "= ", ":", " : ", ": ", "\t=\t", "\u00a0=\u00a0", "\x1c=\x1c", " =  ", "==", "=:", ":="];

    private static readonly string[] Values =
    [
        "v", "", "a=b", "v # c", "v ; c", "v#c", "\"quoted\"", "%(x)s", "a\fb", "a\vb", "a\u2028b", "a\0b", "a\u0085b", "wJal/rX+Ut=",
        "v \t ", "é", "[x]", "#c", ";c", "a\x1eb", "\u00a0v",
        "x: y", "\ufeff",
    ];

    private static readonly string[] Indents = ["", "", "", "", "", "", " ", "  ", "    ", "\t", "\u00a0", "\f", "\x1c", "\u2003 "];

    private static readonly string[] Odd =
    [
        "", "", "", " ", "\t", "# comment", "; comment", "  # indented comment", "\t; c", "#[x]", "junk", "= v", ": v", "[", "]", "rem x",
        "\u00a0", "\x1c", "\f", "  more text", "  a = b", "  a=b=c",
        "    deep = 1", "  x", "  [x]", "  = v", "\tk: v", "  a = b\fc", "  a = b\fc = d", "  \x1fa = b\x1f", "  u=\u00a0v", "  a =",
    ];

    private readonly Random _random = new(seed);

    /// <summary>A file of one to a dozen lines.</summary>
    public byte[] Next()
    {
        var text = new StringBuilder();
        string lineBreak = Pick("\n", "\n", "\n", "\n", "\r\n", "\r\n", "\r");
        int lines = _random.Next(1, 13);
        for (int i = 0; i < lines; i++)
        {
            text.Append(i == 0 && _random.Next(8) > 0 ? Pick(Headers) : Line());
            text.Append(_random.Next(25) == 0 ? Pick("\n", "\r\n", "\r", "\n\r") : lineBreak);
        }

        if (_random.Next(4) == 0)
        {
            text.Length -= lineBreak.Length;
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A file that is mostly sound, with several sections.</summary>
    public byte[] NextSound()
    {
        var text = new StringBuilder(_random.Next(6) == 0 ? "\ufeff" : string.Empty);
        string lineBreak = Pick("\n", "\n", "\r\n", "\r");
        foreach (string name in (string[])["p", "default", "q r", "x"])
        {
            AddSection(text, name, lineBreak);
        }

        if (_random.Next(3) == 0)
        {
            text.Length -= lineBreak.Length;
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public string Pick(params string[] pieces) => pieces[_random.Next(pieces.Length)];

    private void AddSection(StringBuilder text, string name, string lineBreak)
    {
        string indent = Pick("", "", "", "  ", "\t");
        string delimiter = Pick(" = ", "=", "= ", " =", ": ", "\t=\t");
        text.Append(Pick("", "", "# before", "; before" + lineBreak + lineBreak)).Append(lineBreak).Append('[').Append(name).Append(']')
            .Append(Pick("", "", " ", " # c")).Append(lineBreak);
        foreach (string key in (string[])["aws_access_key_id", "AWS_SECRET_access_key", "region", "s3", "unknown"])
        {
            if (_random.Next(4) == 0)
            {
                continue;
            }

            text.Append(indent).Append(key).Append(delimiter);
            text.Append(
                key == "s3" ? $"{lineBreak}{indent}  a = b{lineBreak}{lineBreak}{indent}  # c{lineBreak}{indent}  c = d" : Pick(
                    "v", "a=b", "", "x # y", "\"q\"", "é  "));
            text.Append(lineBreak).Append(_random.Next(5) == 0 ? Pick("# c", "", "  ; c", "\t") + lineBreak : string.Empty);
        }
    }

    private string Line() => _random.Next(10) switch
    {
        0 or 1 => Pick(Indents) + Pick(Headers),
        2 or 3 => Pick(Odd),
        _ => Pick(Indents) + Pick(Names) + Pick(Delimiters) + Pick(Values),
    };
}
