using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace MfaSts.Sandbox.Query;

/// <summary>A request as it lay on the wire, with its body read, and the parameters in it.</summary>
internal sealed class IncomingRequest
{
    private readonly IHeaderDictionary _headers;
    private readonly Dictionary<string, StringValues> _parameters;

    private IncomingRequest(HttpContext context, byte[] body)
    {
        // Only the raw target keeps the encoding that was signed.
        string[] target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2);
        _headers = context.Request.Headers;
        Method = context.Request.Method;
        Path = target[0];
        Query = target.Length == 2 ? target[1] : string.Empty;
        Body = body;
        _parameters = QueryHelpers.ParseQuery(Query);
        if (context.Request.HasFormContentType)
        {
            foreach ((string name, var values) in QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)))
            {
                _parameters[name] = values;
            }
        }
    }

    internal string Method { get; }

    internal string Path { get; }

    internal string Query { get; }

    internal ReadOnlyMemory<byte> Body { get; }

    /// <summary>The action asked for; empty when there is none.</summary>
    internal string Action => Parameter("Action") ?? string.Empty;

    internal static async Task<IncomingRequest> ReadAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        byte[] body = buffer.ToArray();
        // Whoever intercepts the request can read the body again.
        context.Request.Body = new MemoryStream(body, writable: false);
        return new IncomingRequest(context, body);
    }

    /// <summary>A parameter of the form or the query string, or null.</summary>
    internal string? Parameter(string name) => _parameters.TryGetValue(name, out var values) ? values[0] : null;

    /// <summary>A header's value, or null.</summary>
    internal string? Header(string name) => _headers.TryGetValue(name, out var values) ? values.ToString() : null;

    /// <summary>A header's values in the order of arrival; none when it is absent.</summary>
    internal IEnumerable<string> HeaderValues(string name) => _headers[name].OfType<string>();
}
