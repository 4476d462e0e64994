using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace MfaSts.Aws;

/// <summary>
/// A client of IAM on the SDK's own pipeline. The SDK's package for IAM is 3 MB for the few calls that are needed; this is what its
/// generator would write for them.
/// </summary>
internal sealed class IamClient(AWSCredentials credentials, IamConfig settings) : AmazonServiceClient(credentials, settings)
{
    protected override IServiceMetadata ServiceMetadata { get; } = new IamMetadata();

    public Task<IamResponse> SendAsync(IamRequest request, CancellationToken cancellationToken) => InvokeAsync<IamResponse>(
        request,
        new InvokeOptions { RequestMarshaller = new IamMarshaller(), ResponseUnmarshaller = new IamUnmarshaller(request.Action) },
        cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new IamEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new IamAuthResolver());
    }

    private sealed class IamMetadata : IServiceMetadata
    {
        public string ServiceId => "IAM";

        public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
    }
}
