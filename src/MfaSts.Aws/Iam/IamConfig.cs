using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace MfaSts.Aws;

/// <summary>The SDK's settings for IAM.</summary>
internal sealed class IamConfig : ClientConfig
{
    // Times that the SDK would wait are of no account: the call's own limit holds.
    private static readonly DefaultConfiguration Standard =
        new() { Name = DefaultConfigurationMode.Standard, RetryMode = RequestRetryMode.Standard };

    public IamConfig(Uri endpoint, string signingRegion)
        : base(new DefaultConfigurationProvider([Standard]))
    {
        ServiceURL = endpoint.AbsoluteUri;
        EndpointProvider = new StaticEndpointProvider(endpoint.AbsoluteUri);
        AuthenticationRegion = signingRegion;
        AuthenticationServiceName = "iam";
    }

    public override string RegionEndpointServiceName => "iam";

    public override string ServiceVersion => "2010-05-08";

    public override string UserAgent => "MfaSts";

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) => new(ServiceURL);
}
