using System.Globalization;
using System.Net;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace MfaSts.Sandbox.Query;

/// <summary>An answer in the XML of the Query protocol.</summary>
internal sealed class QueryAnswer
{
    private readonly string _requestId = Guid.NewGuid().ToString();
    private readonly HttpStatusCode _status;
    private readonly XElement _document;

    private QueryAnswer(HttpStatusCode status, string outcome, Func<string, XElement> document)
    {
        _status = status;
        Outcome = outcome;
        _document = document(_requestId);
    }

    /// <summary>For the log.</summary>
    internal string Outcome { get; }

    /// <summary>A call was served. An action that gives nothing has no result element.</summary>
    internal static QueryAnswer Result(XNamespace xmlns, string action, object[] content) => new(
        HttpStatusCode.OK, SandboxRequest.Served, requestId => new XElement(
            xmlns + $"{action}Response",
            content.Length == 0 ? null : new XElement(xmlns + $"{action}Result", content),
            new XElement(xmlns + "ResponseMetadata", new XElement(xmlns + "RequestId", requestId))));

    internal static QueryAnswer Error(XNamespace xmlns, Refusal refusal) => new(
        refusal.Status, refusal.Code, requestId => new XElement(
            xmlns + "ErrorResponse",
            new XElement(
                xmlns + "Error",
                new XElement(xmlns + "Type", "Sender"),
                new XElement(xmlns + "Code", refusal.Code),
                new XElement(xmlns + "Message", Printable(refusal.Message))),
            new XElement(xmlns + "RequestId", requestId)));

    internal async Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        byte[] body = Encoding.UTF8.GetBytes(_document.ToString() + "\n");
        response.StatusCode = (int)_status;
        response.ContentType = "text/xml";
        response.ContentLength = body.Length;
        response.Headers["x-amzn-RequestId"] = _requestId;
        await response.Body.WriteAsync(body, cancellationToken);
    }

    // A message can repeat what the caller sent; XML has no way to write a control character.
    private static string Printable(string text) => string.Concat(text.Select(c =>
        XmlConvert.IsXmlChar(c) ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")));
}
