using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using MfaSts.Sts;

namespace MfaSts.Aws.Tests;

/// <summary>Where STS is called, by the rules that botocore has too.</summary>
public sealed class StsEndpointTests
{
    [Theory]
    [InlineData("eu-west-1", "", "https://sts.eu-west-1.amazonaws.com/")]
    [InlineData("eu-west-1", "dual", "https://sts.eu-west-1.api.aws/")]
    [InlineData("eu-west-1", "fips", "https://sts-fips.eu-west-1.amazonaws.com/")]
    [InlineData("eu-west-1", "fips dual", "https://sts-fips.eu-west-1.api.aws/")]
    [InlineData("us-east-1", "", "https://sts.us-east-1.amazonaws.com/")]
    [InlineData("us-gov-west-1", "dual", "https://sts.us-gov-west-1.api.aws/")]
    [InlineData("us-gov-east-1", "fips", "https://sts.us-gov-east-1.amazonaws.com/")]
    [InlineData("us-gov-east-1", "fips dual", "https://sts-fips.us-gov-east-1.api.aws/")]
    [InlineData("cn-north-1", "", "https://sts.cn-north-1.amazonaws.com.cn/")]
    [InlineData("cn-north-1", "dual", "https://sts.cn-north-1.api.amazonwebservices.com.cn/")]
    [InlineData("eusc-de-east-1", "", "https://sts.eusc-de-east-1.amazonaws.eu/")]
    [InlineData("eusc-de-east-1", "dual", "https://sts.eusc-de-east-1.api.amazonwebservices.eu/")]
    [InlineData("us-iso-east-1", "", "https://sts.us-iso-east-1.c2s.ic.gov/")]
    public void Call_RegionAndVariant_IsTheEndpointThatBotocoreCalls(string region, string variants, string expected)
    {
        var call = new StsCall
        {
            Profile = "prod",
            AccessKeyId = Calls.AccessKeyId,
            SecretAccessKey = Calls.Secret,
            Region = region,
            UseFipsEndpoint = variants.Contains("fips", StringComparison.Ordinal),
            UseDualStackEndpoint = variants.Contains("dual", StringComparison.Ordinal),
        };

        Assert.Equal(expected, EndpointOf(call));
    }

    [Fact]
    public void Call_EndpointIsConfigured_VariantsDoNotCount()
    {
        var call = new StsCall
        {
            Profile = "prod",
            AccessKeyId = Calls.AccessKeyId,
            SecretAccessKey = Calls.Secret,
            Region = "us-east-1",
            EndpointUrl = new Uri("https://sts.amazonaws.com/"),
            UseFipsEndpoint = true,
            UseDualStackEndpoint = true,
        };

        Assert.Equal("https://sts.amazonaws.com/", EndpointOf(call));
    }

    private static string EndpointOf(StsCall call)
    {
        SdkIsolation.Ensure();
        using var http = new SdkHttp(call, new StsExchange(TimeProvider.System));
        using var client = new AmazonSecurityTokenServiceClient(SdkSettings.Credentials(call), SdkSettings.ForSts(call, http));
        return new Uri(client.DetermineServiceOperationEndpoint(new GetSessionTokenRequest()).URL).AbsoluteUri;
    }
}
