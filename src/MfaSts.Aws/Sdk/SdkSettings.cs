using Amazon;
using Amazon.Runtime;
using Amazon.SecurityToken;
using MfaSts.Errors;
using MfaSts.Sts;

namespace MfaSts.Aws;

/// <summary>
/// The SDK's settings for one call. What is set here, the SDK does not look for in the environment, in files or on the instance's metadata service.
/// </summary>
internal static class SdkSettings
{
    public static AmazonSecurityTokenServiceConfig For(StsCall call, SdkHttp http)
    {
        RequireRegion(call);
        var settings = new AmazonSecurityTokenServiceConfig
        {
            // The first is not enough: a server that reads the request and closes got eleven of them until the second was there.
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
            RetryMode = RequestRetryMode.Standard,
            HttpClientFactory = http,
            IgnoreConfiguredEndpointUrls = true,
            DefaultConfigurationMode = DefaultConfigurationMode.Standard,
            UseDualstackEndpoint = false,
            UseFIPSEndpoint = call.UseFipsEndpoint && call.EndpointUrl is null,
            ClientAppId = "MfaSts",
            DisableLogging = true,
        };
        if (call.EndpointUrl is { } endpoint)
        {
            RequireHttp(call, endpoint);
            settings.ServiceURL = endpoint.AbsoluteUri;
            settings.AuthenticationRegion = call.Region;
        }
        else
        {
            settings.RegionEndpoint = RegionEndpoint.GetBySystemName(call.Region);
        }

        return settings;
    }

    public static AWSCredentials Credentials(StsCall call) => string.IsNullOrEmpty(call.SessionToken)
        ? new BasicAWSCredentials(call.AccessKeyId, call.SecretAccessKey)
        : new SessionAWSCredentials(call.AccessKeyId, call.SecretAccessKey, call.SessionToken);

    // A region becomes part of a host name: a dot or slash in it would send the call to another host.
    private static void RequireRegion(StsCall call)
    {
        if (call.Region.Length is 0 or > 63 || !call.Region.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            throw MfaErrors.RegionInvalid(call.Profile, call.Region);
        }
    }

    private static void RequireHttp(StsCall call, Uri endpoint)
    {
        if (!endpoint.IsAbsoluteUri || (endpoint.Scheme != Uri.UriSchemeHttp && endpoint.Scheme != Uri.UriSchemeHttps))
        {
            throw MfaErrors.EndpointInvalid(call.Profile, endpoint.OriginalString, "the endpoint's configuration");
        }
    }
}
