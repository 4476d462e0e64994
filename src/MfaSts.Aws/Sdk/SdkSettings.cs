using Amazon;
using Amazon.Runtime;
using Amazon.SecurityToken;
using MfaSts.Errors;
using MfaSts.Sts;

namespace MfaSts.Aws;

/// <summary>
/// The SDK's settings for one call. What is set here, the SDK does not look for in the environment, in files or on the instance's metadata
/// service.
/// </summary>
internal static class SdkSettings
{
    public static AmazonSecurityTokenServiceConfig ForSts(StsCall call, SdkHttp http)
    {
        RequireRegion(call);
        var settings = Common(new AmazonSecurityTokenServiceConfig(), http);
        settings.UseFIPSEndpoint = call.UseFipsEndpoint && call.EndpointUrl is null;
        settings.UseDualstackEndpoint = call.UseDualStackEndpoint && call.EndpointUrl is null;
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

    public static IamConfig ForIam(StsCall call, SdkHttp http)
    {
        RequireRegion(call);
        if (call.EndpointUrl is { } configured)
        {
            RequireHttp(call, configured);
        }

        return Common(new IamConfig(call.EndpointUrl ?? IamEndpoint.Of(call.Region, call.UseFipsEndpoint), call.Region), http);
    }

    public static AWSCredentials Credentials(StsCall call) => string.IsNullOrEmpty(call.SessionToken)
        ? new BasicAWSCredentials(call.AccessKeyId, call.SecretAccessKey)
        : new SessionAWSCredentials(call.AccessKeyId, call.SecretAccessKey, call.SessionToken);

    private static T Common<T>(T settings, SdkHttp http)
        where T : ClientConfig
    {
        // The first is not enough: a server that reads the request and closes got eleven of them until the second was there.
        settings.MaxErrorRetry = 0;
        settings.MaxStaleConnectionRetries = 0;
        settings.RetryMode = RequestRetryMode.Standard;
        settings.HttpClientFactory = http;
        settings.IgnoreConfiguredEndpointUrls = true;
        settings.DefaultConfigurationMode = DefaultConfigurationMode.Standard;
        settings.UseDualstackEndpoint = false;
        settings.UseFIPSEndpoint = false;
        settings.ClientAppId = "MfaSts";
        settings.DisableLogging = true;
        return settings;
    }

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
