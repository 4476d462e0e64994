using MfaSts.Errors;
using MfaSts.Profiles;
using MfaSts.SignIn;

namespace MfaSts.Tests.SignIn;

public sealed class ConsoleDestinationTests
{
    [Theory]
    [InlineData(null, "aws", "eu-west-1", "https://eu-west-1.console.aws.amazon.com/console/home?region=eu-west-1")]
    [InlineData("s3", "aws", null, "https://console.aws.amazon.com/s3/home")]
    [InlineData("s3", "aws", "us-east-1", "https://us-east-1.console.aws.amazon.com/s3/home?region=us-east-1")]
    [InlineData("ec2/v2", "aws", "us-east-1", "https://us-east-1.console.aws.amazon.com/ec2/v2?region=us-east-1")]
    [InlineData("s3", "aws-cn", "cn-north-1", "https://cn-north-1.console.amazonaws.cn/s3/home?region=cn-north-1")]
    [InlineData("s3", "aws-us-gov", null, "https://console.amazonaws-us-gov.com/s3/home")]
    [InlineData("s3", "aws-eusc", "eusc-de-east-1", "https://eusc-de-east-1.console.amazonaws-eusc.eu/s3/home?region=eusc-de-east-1")]
    [InlineData("https://console.aws.amazon.com/", "aws", "eu-west-1", "https://console.aws.amazon.com/")]
    [InlineData(
        "https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1#Instances:", "aws", null,
        "https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1#Instances:")]
    public void Page_is_a_service_or_an_address_of_the_partition(string? destination, string partition, string? region, string wanted) =>
        Assert.Equal(wanted, Resolve(destination, partition, region).AbsoluteUri);

    [Theory]
    [InlineData("http://console.aws.amazon.com/", "aws")]
    [InlineData("https://console.amazonaws.cn/", "aws")]
    [InlineData("https://console.aws.amazon.com/", "aws-cn")]
    [InlineData("https://console.aws.amazon.com.evil.example/", "aws")]
    [InlineData("https://evilconsole.aws.amazon.com/", "aws")]
    [InlineData("https://console.aws.amazon.com@evil.example/", "aws")]
    [InlineData("https://user@console.aws.amazon.com/", "aws")]
    [InlineData("https://console.aws.amazon.com:8443/", "aws")]
    [InlineData("https://evil.example/console.aws.amazon.com", "aws")]
    [InlineData("javascript:alert(1)", "aws")]
    [InlineData("file:///etc/passwd", "aws")]
    [InlineData("S3", "aws")]
    [InlineData("", "aws")]
    [InlineData("s3 x", "aws")]
    [InlineData("/s3", "aws")]
    [InlineData("s3?x", "aws")]
    [InlineData("../x", "aws")]
    public void Whatever_else_is_refused(string destination, string partition)
    {
        var error = Assert.Throws<MfaException>(() => Resolve(destination, partition, null)).Error;

        Assert.Equal((MfaErrorId.DestinationInvalid, "prod"), (error.Id, error.Target));
    }

    [Fact]
    public void Services_that_are_offered_are_legal() => Assert.All(
        ConsoleDestination.Services,
        service => Assert.EndsWith($"/{service}/home", Resolve(service, "aws", null).AbsoluteUri, StringComparison.Ordinal));

    [Theory]
    [InlineData("aws-iso")]
    [InlineData("aws-iso-b")]
    [InlineData("aws-iso-e")]
    [InlineData("aws-iso-f")]
    public void Partition_whose_sign_in_is_not_known_has_none(string partition) =>
        Assert.Null(ConsoleHosts.Of(Partition.Named(partition)!));

    private static Uri Resolve(string? destination, string partition, string? region) =>
        ConsoleDestination.Resolve("prod", destination, ConsoleHosts.Of(Partition.Named(partition)!)!, region);
}
