using System.Net;
using System.Xml.Linq;

namespace MfaSts.Sandbox.Tests.Support;

/// <summary>An answer of the sandbox, read.</summary>
internal sealed class Reply(HttpResponseMessage response, string text)
{
    private readonly XElement _document = XElement.Parse(text);

    internal HttpResponseMessage Response { get; } = response;

    internal string Xmlns => _document.Name.NamespaceName;

    /// <summary>The text of the first element of a name, or null.</summary>
    internal string? this[string element] => _document.Descendants(_document.Name.Namespace + element).FirstOrDefault()?.Value;

    internal IEnumerable<string> All(string element) => _document.Descendants(_document.Name.Namespace + element).Select(e => e.Value);

    /// <summary>The names from the root to an element.</summary>
    internal string PathOf(string element) => string.Join('/', _document
        .Descendants(_document.Name.Namespace + element).First().AncestorsAndSelf().Reverse().Select(e => e.Name.LocalName));

    public override string ToString() => $"{(int)Response.StatusCode} {this["Code"]}: {this["Message"]}";

    internal void AssertServed() => Assert.True(Response.StatusCode == HttpStatusCode.OK, ToString());

    internal void AssertRefused(HttpStatusCode status, string code, string message) =>
        Assert.Equal($"{(int)status} {code}: {message}", ToString());

    internal void AssertRefused(HttpStatusCode status, string code) =>
        Assert.Equal($"{(int)status} {code}", $"{(int)Response.StatusCode} {this["Code"]}");
}
