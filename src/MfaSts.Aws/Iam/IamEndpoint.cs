using MfaSts.Profiles;

namespace MfaSts.Aws;

/// <summary>
/// Where IAM is. It has one address a partition, and signatures are for the partition's first region (botocore's endpoint rules for IAM).
/// </summary>
internal static class IamEndpoint
{
    private static readonly Dictionary<string, (string Usual, string Fips)> Hosts = new()
    {
        ["aws"] = ("iam.amazonaws.com", "iam-fips.amazonaws.com"),
        ["aws-cn"] = ("iam.cn-north-1.amazonaws.com.cn", "iam-fips.amazonaws.com.cn"),
        ["aws-us-gov"] = ("iam.us-gov.amazonaws.com", "iam.us-gov.amazonaws.com"),
        ["aws-eusc"] = ("iam.eusc-de-east-1.amazonaws.eu", "iam-fips.amazonaws.eu"),
        ["aws-iso"] = ("iam.us-iso-east-1.c2s.ic.gov", "iam-fips.us-iso-east-1.c2s.ic.gov"),
        ["aws-iso-b"] = ("iam.us-isob-east-1.sc2s.sgov.gov", "iam-fips.us-isob-east-1.sc2s.sgov.gov"),
        ["aws-iso-e"] = ("iam.eu-isoe-west-1.cloud.adc-e.uk", "iam-fips.cloud.adc-e.uk"),
        ["aws-iso-f"] = ("iam.us-isof-south-1.csp.hci.ic.gov", "iam-fips.csp.hci.ic.gov"),
    };

    public static Uri Of(string region, bool useFips)
    {
        var (usual, fips) = Hosts[Partition.OfRegion(region).Name];
        return new Uri($"https://{(useFips ? fips : usual)}");
    }
}
