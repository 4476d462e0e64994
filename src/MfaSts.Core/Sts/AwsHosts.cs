namespace MfaSts.Sts;

/// <summary>The hosts of AWS's own services, as against emulators of them; endpoints of a VPC are among them.</summary>
internal static class AwsHosts
{
    // Of each partition, for IPv4 and dual-stack (botocore, partitions.json: dnsSuffix and dualStackDnsSuffix).
    private static readonly string[] Domains =
    [
        ".amazonaws.com", ".api.aws", ".amazonaws.com.cn", ".api.amazonwebservices.com.cn", ".amazonaws.eu", ".api.amazonwebservices.eu",
        ".c2s.ic.gov", ".api.aws.ic.gov", ".sc2s.sgov.gov", ".api.aws.scloud", ".cloud.adc-e.uk", ".api.cloud-aws.adc-e.uk",
        ".csp.hci.ic.gov", ".api.aws.hci.ic.gov",
    ];

    /// <summary>Whether a host is one of them.</summary>
    public static bool Contain(string host) => Array.Exists(Domains, domain => host.EndsWith(domain, StringComparison.OrdinalIgnoreCase));
}
