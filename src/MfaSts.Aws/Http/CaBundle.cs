using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MfaSts.Errors;

namespace MfaSts.Aws;

/// <summary>AWS_CA_BUNDLE, which the AWS SDK for .NET does not know: the authorities of a PEM file in place of the system's.</summary>
internal static class CaBundle
{
    public static X509ChainPolicy Read(string profile, string path)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,

            // A private authority seldom publishes revocation, and what it publishes would be fetched outside the proxy.
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(path);
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException or NotSupportedException)
        {
            throw MfaErrors.CaBundleUnreadable(profile, path, e.Message);
        }

        return policy.CustomTrustStore.Count > 0
            ? policy
            : throw MfaErrors.CaBundleUnreadable(profile, path, "it holds no PEM certificate");
    }
}
