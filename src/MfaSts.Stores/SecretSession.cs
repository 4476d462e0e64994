using System.Security.Cryptography;

namespace MfaSts.Stores;

/// <summary>A session with the Secret Service: its path and, unless it is plain, the key that secrets travel under.</summary>
internal sealed class SecretSession(string path, byte[]? key)
{
    /// <summary>The session's object path.</summary>
    public string Path { get; } = path;

    /// <summary>Secrets do not travel in clear.</summary>
    public bool IsEncrypted => key is not null;

    /// <summary>A secret as it travels: parameters and value.</summary>
    public (byte[] Parameters, byte[] Value) Close(byte[] secret)
    {
        if (key is null)
        {
            return ([], secret);
        }

        using var aes = Aes.Create();
        aes.Key = key;
        return (aes.IV, aes.EncryptCbc(secret, aes.IV));
    }

    /// <summary>A secret that has travelled.</summary>
    /// <exception cref="CryptographicException">It is not one of this session.</exception>
    public byte[] Open(byte[] parameters, byte[] value)
    {
        if (key is null)
        {
            return value;
        }

        using var aes = Aes.Create();
        aes.Key = key;
        return aes.DecryptCbc(value, parameters);
    }
}
