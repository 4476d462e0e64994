using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace MfaSts.Sandbox;

/// <summary>Time-based one-time passwords (RFC 6238) as AWS's virtual MFA devices make them: SHA-1, six digits, 30 seconds.</summary>
internal static class Totp
{
    private const long PeriodSeconds = 30;

    /// <summary>Which 30-second window a moment lies in.</summary>
    internal static long WindowAt(DateTimeOffset time) => Math.DivRem(time.ToUnixTimeSeconds(), PeriodSeconds).Quotient;

    /// <summary>The moment at which a window ends.</summary>
    internal static DateTimeOffset EndOf(long window) => DateTimeOffset.FromUnixTimeSeconds((window + 1) * PeriodSeconds);

    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238 devices of AWS use HMAC-SHA-1.")]
    internal static string Code(ReadOnlySpan<byte> seed, long window)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, window);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(seed, counter, mac);
        int number = BinaryPrimitives.ReadInt32BigEndian(mac[(mac[^1] & 15)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
