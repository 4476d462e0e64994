using System.Text;
using MfaSts.Tests.Fakes;

namespace MfaSts.Prove.Fuzz;

/// <summary>Files to try: by the grammar, by change of bytes, and by both; what showed something new is changed further.</summary>
internal sealed class InputSource(int seed)
{
    private const int MostKept = 4000;

    public static readonly string[] Pieces =
    [
        "[", "]", "=", ":", "#", ";", "\n", "\r", "\r\n", " ", "\t", "\0", "\u00a0", "\x1c", "\f", "\v", "\u0085", "\u2028", "\ufeff",
        "[p]", "[DEFAULT]", "[profile p]", "\n[p]\n", "\n  ", " #", " ;",
        "aws_access_key_id", "aws_session_token = x\n", "ı", "ß", "\"", "'", "\\", "%(k)s", "\n\n\n",
    ];

    private static readonly byte[] OddBytes =
        [0x00, 0x0A, 0x0D, 0x1C, 0x1F, 0x20, 0x3D, 0x5B, 0x5D, 0x7F, 0x80, 0x85, 0xA0, 0xBF, 0xC0, 0xC2, 0xE2, 0xED, 0xEF, 0xF0, 0xF4,
            0xFF];

    private readonly Random _random = new(seed);
    private readonly IniGenerator _generator = new(seed);
    private readonly HashSet<int> _seen = [];
    private readonly List<byte[]> _kept = [];

    /// <summary>How many inputs did something that none before had done.</summary>
    public int Kept => _kept.Count;

    public byte[] Next() => _random.Next(10) switch
    {
        0 => _generator.NextSound(),
        1 or 2 => _generator.Next(),
        3 => Noise(),
        4 or 5 => Change([.. _generator.NextSound()]),
        _ when _kept.Count > 0 => Change([.. _kept[_random.Next(_kept.Count)]]),
        _ => Change([.. _generator.Next()]),
    };

    /// <summary>Keeps an input when what it did was not seen before.</summary>
    public void Learn(byte[] input, int behaviour)
    {
        if (_kept.Count < MostKept && input.Length < 4096 && _seen.Add(behaviour))
        {
            _kept.Add(input);
        }
    }

    private byte[] Noise()
    {
        byte[] bytes = new byte[_random.Next(64)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private byte[] Change(List<byte> bytes)
    {
        for (int i = _random.Next(1, 5); i > 0; i--)
        {
            int at = _random.Next(bytes.Count + 1);
            int length = Math.Min(_random.Next(1, 20), bytes.Count - at);
            switch (_random.Next(5))
            {
                case 0:
                    bytes.Insert(at, OddBytes[_random.Next(OddBytes.Length)]);
                    break;
                case 1:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[_random.Next(Pieces.Length)]));
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(_random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                    break;
                case 4 when length > 0:
                    bytes[at] ^= (byte)(1 << _random.Next(8));
                    break;
            }
        }

        return [.. bytes];
    }
}
