using System.Globalization;
using System.Text;

namespace MfaSts.Roles;

/// <summary>
/// FNV-1a of 128 bits (draft-eastlake-fnv). It notices a change and guards nothing; any hash of the platform's would load OpenSSL, which
/// costs 3 ms of the 4 ms that a stored session takes to hand out.
/// </summary>
internal static class Fnv1A
{
    private const ulong BasisHigh = 0x6c62272e07bb0142, BasisLow = 0x62b821756295c58d;

    // The prime is 2^88 + 0x13b.
    private const ulong PrimeLow = 0x13b;
    private const int PrimeHighShift = 88 - 64;

    /// <summary>The hash of a text's UTF-8, as 32 hexadecimal digits.</summary>
    public static string Hash(string text)
    {
        (ulong high, ulong low) = (BasisHigh, BasisLow);
        foreach (byte one in Encoding.UTF8.GetBytes(text))
        {
            low ^= one;
            ulong carry = Math.BigMul(low, PrimeLow, out ulong product);
            high = unchecked((high * PrimeLow) + carry + (low << PrimeHighShift));
            low = product;
        }

        return high.ToString("x16", CultureInfo.InvariantCulture) + low.ToString("x16", CultureInfo.InvariantCulture);
    }
}
