using System.Security.Cryptography;

namespace MfaSts.Loopback;

/// <summary>Words that nobody can guess.</summary>
internal static class Unguessable
{
    private const int Bytes = 32;

    /// <summary>64 hexadecimal digits, fit for an address and for a header.</summary>
    // .NET's generator loads OpenSSL, for 3 ms, and asks the same source.
    public static string Make()
    {
        byte[] bytes = new byte[Bytes];
        if (OperatingSystem.IsWindows())
        {
            RandomNumberGenerator.Fill(bytes);
        }
        else
        {
            using var source = new FileStream("/dev/urandom", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            source.ReadExactly(bytes);
        }

        return Convert.ToHexString(bytes).ToLowerInvariant();
    }
}
