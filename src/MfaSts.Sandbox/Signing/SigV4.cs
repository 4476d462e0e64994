using System.Security.Cryptography;
using System.Text;

namespace MfaSts.Sandbox.Signing;

/// <summary>The arithmetic of AWS Signature Version 4.</summary>
internal static class SigV4
{
    internal const string Algorithm = "AWS4-HMAC-SHA256";

    internal static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    internal static string StringToSign(string timestamp, CredentialScope scope, CanonicalRequest request) =>
        $"{Algorithm}\n{timestamp}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(request.ToString()))}";

    /// <summary>The signature in lower-case hexadecimal.</summary>
    internal static string Sign(string secretAccessKey, string timestamp, CredentialScope scope, CanonicalRequest request)
    {
        byte[] key = Encoding.UTF8.GetBytes("AWS4" + secretAccessKey);
        foreach (string part in (string[])[scope.Date, scope.Region, scope.Service, CredentialScope.Terminator])
        {
            key = Mac(key, part);
        }

        return Convert.ToHexStringLower(Mac(key, StringToSign(timestamp, scope, request)));
    }

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
