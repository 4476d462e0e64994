using System.Net;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace MfaSts.Aws;

/// <summary>Reads IAM's answers and refusals. Only an answer to the very action that was asked counts.</summary>
internal sealed class IamUnmarshaller(string action) : XmlResponseUnmarshaller
{
    private static readonly XNamespace Namespace = "https://iam.amazonaws.com/doc/2010-05-08/";

    // Entities could make a small document a huge one; AWS uses none.
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext context)
    {
        var document = Read(context);
        return document.Name == Namespace + $"{action}Response"
            ? new IamResponse { Result = document.Element(Namespace + $"{action}Result") ?? document }
            : throw new UnusableAnswerException($"the answer is none to {action}");
    }

    public override AmazonServiceException UnmarshallException(
        XmlUnmarshallerContext context, Exception innerException, HttpStatusCode statusCode)
    {
        var error = Read(context).Elements().FirstOrDefault(element => element.Name.LocalName == "Error");
        string Text(string name) => error?.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value ?? string.Empty;
        return new AmazonServiceException(Text("Message"), ErrorType.Unknown, Text("Code"), string.Empty, statusCode);
    }

    private static XElement Read(XmlUnmarshallerContext context)
    {
        using var reader = XmlReader.Create(context.Stream, Settings);
        try
        {
            return XElement.Load(reader);
        }
        catch (XmlException)
        {
            // Its words may quote the answer.
            throw new UnusableAnswerException("the answer is not XML");
        }
    }
}
