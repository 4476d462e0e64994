using System.Text;

namespace MfaSts.Files;

/// <summary>Replaces ranges of a byte array and leaves all other bytes as they are.</summary>
internal sealed class ByteSplicer(byte[] bytes)
{
    private readonly List<(int Start, int End, byte[] Replacement)> _splices = [];

    public ByteSplicer Replace(int start, int end, string text)
    {
        _splices.Add((start, end, Encoding.UTF8.GetBytes(text)));
        return this;
    }

    public ByteSplicer Insert(int position, string text) => Replace(position, position, text);

    /// <summary>The new bytes. Ranges must not overlap; at one position, what was asked for first comes first.</summary>
    public byte[] ToArray()
    {
        byte[] result = GC.AllocateUninitializedArray<byte>(bytes.Length + _splices.Sum(s => s.Replacement.Length - (s.End - s.Start)));
        int read = 0;
        int written = 0;
        foreach ((int start, int end, byte[] replacement) in _splices.OrderBy(s => s.Start).ThenBy(s => s.End))
        {
            bytes.AsSpan(read, start - read).CopyTo(result.AsSpan(written));
            written += start - read;
            replacement.CopyTo(result, written);
            written += replacement.Length;
            read = end;
        }

        bytes.AsSpan(read).CopyTo(result.AsSpan(written));
        return result;
    }
}
