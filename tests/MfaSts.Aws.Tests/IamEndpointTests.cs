using MfaSts.Errors;
using MfaSts.Profiles;

namespace MfaSts.Aws.Tests;

/// <summary>Where a call to IAM goes without an endpoint of the user's. A proxy sees the name, and lets nothing through.</summary>
public sealed class IamEndpointTests
{
    [Theory]
    [InlineData("us-east-1", false, "iam.amazonaws.com")]
    [InlineData("us-east-1", true, "iam-fips.amazonaws.com")]
    [InlineData("cn-north-1", false, "iam.cn-north-1.amazonaws.com.cn")]
    [InlineData("us-gov-west-1", false, "iam.us-gov.amazonaws.com")]
    [InlineData("us-gov-west-1", true, "iam.us-gov.amazonaws.com")]
    [InlineData("eusc-de-east-1", false, "iam.eusc-de-east-1.amazonaws.eu")]
    [InlineData("us-iso-east-1", false, "iam.us-iso-east-1.c2s.ic.gov")]
    [InlineData("us-isob-east-1", false, "iam.us-isob-east-1.sc2s.sgov.gov")]
    [InlineData("eu-isoe-west-1", false, "iam.eu-isoe-west-1.cloud.adc-e.uk")]
    [InlineData("us-isof-south-1", false, "iam.us-isof-south-1.csp.hci.ic.gov")]
    public async Task NoEndpointGiven_PartitionsOwnIsCalled(string region, bool fips, string host)
    {
        await using var proxy = ScriptedEndpoint.Answering("403 Forbidden", string.Empty);
        using var variables =
            new EnvironmentScope(("HTTPS_PROXY", proxy.Url.ToString()), ("https_proxy", null), ("NO_PROXY", null), ("no_proxy", null));

        var failure = await Assert.ThrowsAsync<MfaException>(() => new AwsGateway().ListMfaDevicesAsync(
            Calls.To(null, region: region, fips: fips), userName: null, TestContext.Current.CancellationToken));

        Assert.Equal(MfaErrorId.StsUnreachable, failure.Error.Id);
        Assert.Contains($"https://{host} ", failure.Message, StringComparison.Ordinal);
        Assert.StartsWith($"CONNECT {host}:443 HTTP/1.1", Assert.Single(proxy.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EndpointGiven_FipsIsNotAskedForThere()
    {
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", IamAnswers.Devices(string.Empty));

        await new AwsGateway()
            .ListMfaDevicesAsync(Calls.To(endpoint.Url, fips: true), userName: null, TestContext.Current.CancellationToken);

        Assert.Single(endpoint.Requests);
    }

    [Theory]
    [InlineData("evil.example/")]
    [InlineData("")]
    public async Task RegionIsNoRegion_IsRefusedUnsent(string region)
    {
        var failure = await Assert.ThrowsAsync<MfaException>(() => new AwsGateway().ListMfaDevicesAsync(
            Calls.To(null, region: region), userName: null, TestContext.Current.CancellationToken));

        Assert.Equal((MfaErrorId.RegionMismatch, true), (failure.Error.Id, failure.NothingWasSent));
    }

    [Fact]
    public async Task EndpointIsNoHttpAddress_IsRefusedUnsent()
    {
        var failure = await Assert.ThrowsAsync<MfaException>(() => new AwsGateway().ListMfaDevicesAsync(
            Calls.To(new Uri("ftp://127.0.0.1/")), userName: null, TestContext.Current.CancellationToken));

        Assert.Contains("is not an http or https address", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_RegionOfEachPartition_IsKnown() =>
        Assert.All(["aws", "aws-cn", "aws-us-gov", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f"], name => Assert.Equal(
            Uri.UriSchemeHttps, IamEndpoint.Of(
                Partition.OfArn($"arn:{name}:iam::123456789012:mfa/x")!.DefaultRegion, useFips: false).Scheme));
}
