namespace MfaSts.Sandbox;

/// <summary>Base32 (RFC 4648) without padding: the form in which authenticator apps take a seed.</summary>
internal static class Base32
{
    /// <summary>The alphabet, which AWS's access key IDs use too.</summary>
    internal const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    internal static string Encode(ReadOnlySpan<byte> bytes)
    {
        char[] text = new char[((bytes.Length * 8) + 4) / 5];
        for (int i = 0; i < text.Length; i++)
        {
            int bit = i * 5;
            int pair = (bytes[bit / 8] << 8) | (bit / 8 + 1 < bytes.Length ? bytes[(bit / 8) + 1] : 0);
            text[i] = Alphabet[(pair >> (11 - (bit % 8))) & 31];
        }

        return new string(text);
    }

    /// <exception cref="FormatException">A character is not of the alphabet.</exception>
    internal static byte[] Decode(string text)
    {
        string digits = text.TrimEnd('=');
        byte[] bytes = new byte[digits.Length * 5 / 8];
        int buffer = 0;
        int bits = 0;
        int next = 0;
        foreach (char digit in digits)
        {
            int value = Alphabet.IndexOf(char.ToUpperInvariant(digit), StringComparison.Ordinal);
            if (value < 0)
            {
                // The text is a seed, so the message does not repeat it.
                throw new FormatException("A seed is made of the letters A to Z and the digits 2 to 7.");
            }

            buffer = (buffer << 5) | value;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes[next++] = (byte)(buffer >> bits);
                buffer &= (1 << bits) - 1;
            }
        }

        return bytes;
    }
}
