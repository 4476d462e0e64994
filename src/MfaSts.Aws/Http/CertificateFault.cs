using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace MfaSts.Aws;

/// <summary>
/// Says what is wrong with a server's certificate, since the framework's own words differ by system and hide the common cases.
/// </summary>
internal static class CertificateFault
{
    public static string? Describe(SslPolicyErrors errors, X509Chain? chain)
    {
        if (errors == SslPolicyErrors.None)
        {
            return null;
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return "the server showed no certificate";
        }

        var status = (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            return "the server's certificate has expired or is not yet valid (if this machine's clock is right)";
        }

        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? "the server's certificate is for another name"
            : $"the server's certificate is not signed by an authority that this machine trusts ({status})";
    }
}
