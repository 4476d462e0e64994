using MfaSts.Profiles;

namespace MfaSts.Tests.Profiles;

public class PartitionTests
{
    [Theory]
    [InlineData("eu-west-1", "aws", "us-east-1")]
    [InlineData("us-east-1", "aws", "us-east-1")]
    [InlineData("cn-northwest-1", "aws-cn", "cn-north-1")]
    [InlineData("us-gov-east-1", "aws-us-gov", "us-gov-west-1")]
    [InlineData("eusc-de-east-1", "aws-eusc", "eusc-de-east-1")]
    [InlineData("us-iso-west-1", "aws-iso", "us-iso-east-1")]
    [InlineData("us-isob-east-1", "aws-iso-b", "us-isob-east-1")]
    [InlineData("eu-isoe-west-1", "aws-iso-e", "eu-isoe-west-1")]
    [InlineData("us-isof-east-1", "aws-iso-f", "us-isof-south-1")]
    public void OfRegion_Region_TellsPartitionAndItsDefault(string region, string name, string defaultRegion)
    {
        var partition = Partition.OfRegion(region);

        Assert.Equal((name, defaultRegion), (partition.Name, partition.DefaultRegion));
        Assert.Same(partition, Partition.OfArn($"arn:{name}:iam::123456789012:mfa/x"));
        Assert.Same(partition, Partition.OfRegion(partition.DefaultRegion));
        Assert.Equal(name, partition.ToString());
    }

    [Theory]
    [InlineData("GAHT12345678")]
    [InlineData("arn:aws-moon:iam::1:mfa/x")]
    [InlineData("")]
    public void OfArn_NoArnOfAKnownPartition_IsNull(string arn) => Assert.Null(Partition.OfArn(arn));

    [Theory]
    [InlineData("eu-west-1", true)]
    [InlineData("local", true)]
    [InlineData("EU-west-1", false)]
    [InlineData("eu-west-1 # c", false)]
    [InlineData("eu.west", false)]
    [InlineData("1a", false)]
    [InlineData("eu-", false)]
    [InlineData("", false)]
    [InlineData("evil.example/x", false)]
    public void IsRegionName_Text_TellsTheForm(string region, bool isName) => Assert.Equal(isName, Partition.IsRegionName(region));

    [Fact]
    public void IsRegionName_TooLong_IsNot() => Assert.False(Partition.IsRegionName(new string('a', 41)));
}
