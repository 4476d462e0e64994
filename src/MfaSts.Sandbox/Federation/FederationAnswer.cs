using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace MfaSts.Sandbox.Federation;

/// <summary>An answer of the sign-in.</summary>
internal sealed class FederationAnswer
{
    private readonly HttpStatusCode _status;
    private readonly string _contentType;
    private readonly string _body;
    private readonly string? _location;

    private FederationAnswer(HttpStatusCode status, string contentType, string body, string? location = null) =>
        (_status, _contentType, _body, _location) = (status, contentType, body, location);

    /// <summary>For the log.</summary>
    internal string Outcome => _status == HttpStatusCode.BadRequest ? "InvalidCredentialsParameter" : SandboxRequest.Served;

    internal static FederationAnswer Token(string token) =>
        new(HttpStatusCode.OK, "application/json", $"{{\"SigninToken\":\"{token}\"}}");

    internal static FederationAnswer Redirect(string location) => new(HttpStatusCode.Found, "text/html", string.Empty, location);

    /// <summary>AWS's page names no cause.</summary>
    internal static FederationAnswer Refusal() => new(
        HttpStatusCode.BadRequest,
        "text/html",
        "<html><head><title>Error 400</title></head><body>Invalid credentials parameter</body></html>\n");

    internal async Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.StatusCode = (int)_status;
        response.ContentType = _contentType;
        response.ContentLength = Encoding.UTF8.GetByteCount(_body);
        if (_location is not null)
        {
            response.Headers.Location = _location;
        }

        await response.WriteAsync(_body, cancellationToken);
    }
}
