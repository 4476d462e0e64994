using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace MfaSts.Aws;

/// <summary>Writes a call as the form that the Query protocol wants, which is what the SDK's own generated marshallers do.</summary>
internal sealed class IamMarshaller : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    private const string Version = "2010-05-08";

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var call = (IamRequest)input;
        var request = new DefaultRequest(call, "MfaSts.Iam");
        request.Parameters["Action"] = call.Action;
        request.Parameters["Version"] = Version;
        foreach (var (name, value) in call.Parameters)
        {
            request.Parameters[name] = value;
        }

        return request;
    }
}
