namespace MfaSts.Profiles;

/// <summary>The partitions of AWS: separate clouds, whose devices and regions do not mix (AWS General Reference, "ARN format").</summary>
public sealed class Partition
{
    // The empty prefix is last: it is every region's that no other partition claims.
    private static readonly Partition[] All =
    [
        new("aws-cn", "cn-", "cn-north-1"),
        new("aws-us-gov", "us-gov-", "us-gov-west-1"),
        new("aws-eusc", "eusc-", "eusc-de-east-1"),
        new("aws-iso-b", "us-isob-", "us-isob-east-1"),
        new("aws-iso-e", "eu-isoe-", "eu-isoe-west-1"),
        new("aws-iso-f", "us-isof-", "us-isof-south-1"),
        new("aws-iso", "us-iso-", "us-iso-east-1"),
        new("aws", string.Empty, "us-east-1"),
    ];

    private readonly string _regionPrefix;

    private Partition(string name, string regionPrefix, string defaultRegion)
    {
        Name = name;
        _regionPrefix = regionPrefix;
        DefaultRegion = defaultRegion;
    }

    /// <summary>The name as it stands in ARNs.</summary>
    public string Name { get; }

    /// <summary>The region whose STS is used when none is configured, and for which calls to IAM are signed.</summary>
    public string DefaultRegion { get; }

    /// <summary>The commercial partition.</summary>
    public static Partition Commercial => All[^1];

    /// <summary>The names of all that are known.</summary>
    public static IEnumerable<string> Names => All.Select(partition => partition.Name).Order(StringComparer.Ordinal);

    /// <summary>The partition of a name, or null when it is none that is known.</summary>
    public static Partition? Named(string name) =>
        Array.Find(All, partition => partition.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The partition that an ARN names, or null when it is none that is known.</summary>
    public static Partition? OfArn(string arn) =>
        arn.Split(':') is ["arn", var name, ..] ? Array.Find(All, p => p.Name == name) : null;

    /// <summary>The partition in which a region lies.</summary>
    public static Partition OfRegion(string region) =>
        Array.Find(All, p => region.StartsWith(p._regionPrefix, StringComparison.Ordinal))!;

    /// <summary>True for what has the form of a region's name; no list, since AWS adds regions.</summary>
    public static bool IsRegionName(string region) =>
        region.Length is > 0 and <= 40 && region.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && char.IsAsciiLetterLower(region[0]) && region[^1] != '-';

    /// <inheritdoc/>
    public override string ToString() => Name;
}
