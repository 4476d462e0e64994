using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace MfaSts.Aws;

/// <summary>Takes the address that the settings name: nothing of a call changes it.</summary>
internal sealed class IamEndpointResolver : BaseEndpointResolver
{
    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) => new IamEndpointParameters();

    protected override void ServiceSpecificHandler(IExecutionContext executionContext, EndpointParameters parameters) =>
        InjectHostPrefix(executionContext.RequestContext);

    private sealed class IamEndpointParameters : EndpointParameters
    {
    }
}
