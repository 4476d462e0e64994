using System.Xml.Linq;
using Amazon.Runtime;

namespace MfaSts.Aws;

/// <summary>What IAM answers to a call that it has served.</summary>
internal sealed class IamResponse : AmazonWebServiceResponse
{
    /// <summary>
    /// The element whose name is the action's and ends in Result; of an action without a result, that which ends in Response.
    /// </summary>
    public XElement Result { get; init; } = new("None");
}
