namespace MfaSts.Profiles;

/// <summary>A region of AWS.</summary>
public sealed class AwsRegion
{
    /// <summary>
    /// The regions that the AWS SDK knew when this was built, by partition and name. For suggestions only: AWS adds regions, and others are
    /// taken as well. A test holds the list to the SDK's, and writes a new one when that has changed.
    /// </summary>
    public static IReadOnlyList<AwsRegion> Known { get; } =
    [
        new("af-south-1", "Africa (Cape Town)", "aws"),
        new("ap-east-1", "Asia Pacific (Hong Kong)", "aws"),
        new("ap-east-2", "Asia Pacific (Taipei)", "aws"),
        new("ap-northeast-1", "Asia Pacific (Tokyo)", "aws"),
        new("ap-northeast-2", "Asia Pacific (Seoul)", "aws"),
        new("ap-northeast-3", "Asia Pacific (Osaka)", "aws"),
        new("ap-south-1", "Asia Pacific (Mumbai)", "aws"),
        new("ap-south-2", "Asia Pacific (Hyderabad)", "aws"),
        new("ap-southeast-1", "Asia Pacific (Singapore)", "aws"),
        new("ap-southeast-2", "Asia Pacific (Sydney)", "aws"),
        new("ap-southeast-3", "Asia Pacific (Jakarta)", "aws"),
        new("ap-southeast-4", "Asia Pacific (Melbourne)", "aws"),
        new("ap-southeast-5", "Asia Pacific (Malaysia)", "aws"),
        new("ap-southeast-6", "Asia Pacific (New Zealand)", "aws"),
        new("ap-southeast-7", "Asia Pacific (Thailand)", "aws"),
        new("ca-central-1", "Canada (Central)", "aws"),
        new("ca-west-1", "Canada West (Calgary)", "aws"),
        new("eu-central-1", "Europe (Frankfurt)", "aws"),
        new("eu-central-2", "Europe (Zurich)", "aws"),
        new("eu-north-1", "Europe (Stockholm)", "aws"),
        new("eu-south-1", "Europe (Milan)", "aws"),
        new("eu-south-2", "Europe (Spain)", "aws"),
        new("eu-west-1", "Europe (Ireland)", "aws"),
        new("eu-west-2", "Europe (London)", "aws"),
        new("eu-west-3", "Europe (Paris)", "aws"),
        new("il-central-1", "Israel (Tel Aviv)", "aws"),
        new("me-central-1", "Middle East (UAE)", "aws"),
        new("me-south-1", "Middle East (Bahrain)", "aws"),
        new("me-west-1", "Middle East (Saudi Arabia)", "aws"),
        new("mx-central-1", "Mexico (Central)", "aws"),
        new("sa-east-1", "South America (Sao Paulo)", "aws"),
        new("sa-west-1", "South America (Chile)", "aws"),
        new("us-east-1", "US East (N. Virginia)", "aws"),
        new("us-east-2", "US East (Ohio)", "aws"),
        new("us-west-1", "US West (N. California)", "aws"),
        new("us-west-2", "US West (Oregon)", "aws"),
        new("cn-north-1", "China (Beijing)", "aws-cn"),
        new("cn-northwest-1", "China (Ningxia)", "aws-cn"),
        new("eusc-de-east-1", "AWS European Sovereign Cloud (Germany)", "aws-eusc"),
        new("us-iso-east-1", "US ISO East", "aws-iso"),
        new("us-iso-west-1", "US ISO WEST", "aws-iso"),
        new("us-isob-east-1", "US ISOB East (Ohio)", "aws-iso-b"),
        new("us-isob-west-1", "US ISOB West", "aws-iso-b"),
        new("eu-isoe-west-1", "EU ISOE West", "aws-iso-e"),
        new("us-isof-east-1", "US ISOF EAST", "aws-iso-f"),
        new("us-isof-south-1", "US ISOF SOUTH", "aws-iso-f"),
        new("us-gov-east-1", "AWS GovCloud (US-East)", "aws-us-gov"),
        new("us-gov-west-1", "AWS GovCloud (US-West)", "aws-us-gov"),
    ];

    // Those that AWS opened before 20 March 2019, and Osaka, which is of 2018. AWS adds no others: every new one must be enabled.
    private static readonly string[] AlwaysEnabled =
    [
        "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ca-central-1",
        "eu-central-1", "eu-north-1",
        "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2",
    ];

    /// <summary>
    /// An account must enable the region before AWS accepts its keys there (Account Management reference guide, "Enable or disable AWS
    /// Regions"). STS answers InvalidClientTokenId until then, as of a key that does not exist.
    /// </summary>
    public static bool IsOptIn(string region) =>
        Profiles.Partition.OfRegion(region) == Profiles.Partition.Commercial && Array.IndexOf(AlwaysEnabled, region) < 0;

    private AwsRegion(string name, string place, string partition)
    {
        Name = name;
        Place = place;
        Partition = partition;
    }

    /// <summary>As <c>-Region</c> takes it.</summary>
    public string Name { get; }

    /// <summary>Where it is, in AWS's words.</summary>
    public string Place { get; }

    /// <summary>The name of the partition that it lies in.</summary>
    public string Partition { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
