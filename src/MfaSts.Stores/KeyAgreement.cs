using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace MfaSts.Stores;

/// <summary>
/// One side of <c>dh-ietf1024-sha256-aes128-cbc-pkcs7</c> (Secret Service specification, "Transfer of secrets"): Diffie-Hellman in the
/// second Oakley group
/// (RFC 2409, 6.2), HKDF-SHA256, AES-128-CBC. It keeps secrets out of recordings of the bus; it is no barrier to a process of the same
/// user, which may ask for them.
/// </summary>
internal sealed class KeyAgreement
{
    /// <summary>The name of the algorithm.</summary>
    public const string Algorithm = "dh-ietf1024-sha256-aes128-cbc-pkcs7";

    private const int Length = 128;
    private const int KeyLength = 16;

    private static readonly BigInteger Prime = BigInteger.Parse(
        "0FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
            + "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
            + "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF",
        NumberStyles.HexNumber,
        CultureInfo.InvariantCulture);

    private readonly BigInteger _own = Number(RandomNumberGenerator.GetBytes(Length)) % (Prime - 2) + 1;

    /// <summary>What the other side is told.</summary>
    public byte[] PublicKey => Bytes(BigInteger.ModPow(2, _own, Prime));

    /// <summary>The key that both sides have then.</summary>
    /// <exception cref="CryptographicException">The other side's number gives no secret.</exception>
    public byte[] Agree(byte[] other)
    {
        var theirs = Number(other);
        if (theirs <= 1 || theirs >= Prime - 1)
        {
            throw new CryptographicException("The Secret Service's public key is not one.");
        }

        return HKDF.DeriveKey(
            HashAlgorithmName.SHA256, Bytes(BigInteger.ModPow(theirs, _own, Prime)), KeyLength, salt: new byte[32], info: []);
    }

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    // With its leading zeros: the hash is over all of it.
    private static byte[] Bytes(BigInteger number)
    {
        byte[] bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[Length - bytes.Length], .. bytes];
    }
}
