using System.Buffers;
using System.Text;

namespace MfaSts.Files;

/// <summary>
/// White space as Python's <c>str</c> sees it, on UTF-8 bytes. The AWS CLI and boto3 read these files with Python's configparser, and
/// MfaSts reads what they read.
/// </summary>
internal static class PythonText
{
    // Where str.splitlines() breaks. CR ends a line of the file already.
    private static readonly char[] LineBreaks = ['\n', '\v', '\f', '\x1c', '\x1d', '\x1e', '\x85', '\u2028', '\u2029'];

    /// <summary>str.strip(): the trimmed range inside [start, end).</summary>
    public static (int Start, int End) Strip(ReadOnlySpan<byte> text, int start, int end)
    {
        start = SkipSpace(text, start, end);
        return (start, TrimEnd(text, start, end));
    }

    /// <summary>The first position in [start, end) that is no white space, or end.</summary>
    public static int SkipSpace(ReadOnlySpan<byte> text, int start, int end)
    {
        while (start < end)
        {
            byte first = text[start];
            if (first < 0x80)
            {
                if (!IsAsciiSpace(first))
                {
                    return start;
                }

                start++;
            }
            else if (Rune.DecodeFromUtf8(text[start..end], out var rune, out int length) == OperationStatus.Done && IsSpace(rune.Value))
            {
                start += length;
            }
            else
            {
                return start;
            }
        }

        return start;
    }

    /// <summary>str.rstrip(): the end of the range without its trailing white space.</summary>
    public static int TrimEnd(ReadOnlySpan<byte> text, int start, int end)
    {
        while (end > start)
        {
            byte last = text[end - 1];
            if (last < 0x80)
            {
                if (!IsAsciiSpace(last))
                {
                    return end;
                }

                end--;
            }
            else if (Rune.DecodeLastFromUtf8(text[start..end], out var rune, out int length) == OperationStatus.Done && IsSpace(rune.Value))
            {
                end -= length;
            }
            else
            {
                return end;
            }
        }

        return end;
    }

    /// <summary>How many characters, not bytes, the indentation [start, end) has.</summary>
    public static int CountCharacters(ReadOnlySpan<byte> text, int start, int end)
    {
        int count = 0;
        for (int i = start; i < end; i++)
        {
            // Every byte but a UTF-8 continuation byte begins a character.
            count += (text[i] & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }

    /// <summary>str.splitlines() of a value.</summary>
    public static string[] SplitLines(string text) => text.Split(LineBreaks);

    /// <summary>str.strip().</summary>
    public static ReadOnlySpan<char> Strip(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && IsSpace(text[0]))
        {
            text = text[1..];
        }

        while (!text.IsEmpty && IsSpace(text[^1]))
        {
            text = text[..^1];
        }

        return text;
    }

    /// <summary>str.isspace() for one character.</summary>
    public static bool IsSpace(int c) => c switch
    {
        < 0x80 => IsAsciiSpace((byte)c),
        0x85 or 0xA0 or 0x1680 or 0x2028 or 0x2029 or 0x202F or 0x205F or 0x3000 => true,
        >= 0x2000 and <= 0x200A => true,
        _ => false,
    };

    private static bool IsAsciiSpace(byte c) => c is 0x20 or (>= 0x09 and <= 0x0D) or (>= 0x1C and <= 0x1F);
}
