using System.Net;
using System.Net.Http.Headers;

namespace MfaSts.Aws;

/// <summary>
/// What really happened on the wire in one call. The SDK's exceptions lose much of it and keep the request besides, so errors are told from
/// this record.
/// </summary>
internal sealed class StsExchange(TimeProvider clock)
{
    private volatile bool _sent;

    /// <summary>True from the moment before the first byte of the request is handed to a connection that stands.</summary>
    public bool Sent => _sent;

    /// <summary>The address called, once it is known.</summary>
    public Uri? Address { get; set; }

    /// <summary>The proxy in between, without its password, or null.</summary>
    public Uri? Proxy { get; set; }

    /// <summary>What the user should know of a proxy that was passed over, as a sentence, or null.</summary>
    public string? ProxyRemark { get; set; }

    /// <summary>What is wrong with the server's certificate, or null.</summary>
    public string? CertificateFault { get; set; }

    /// <summary>What ended the exchange on the wire, or null.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The answer's status, or null when none came.</summary>
    public HttpStatusCode? Status { get; private set; }

    /// <summary>The answer's media type, or null.</summary>
    public string? MediaType { get; private set; }

    /// <summary>Where the answer wants the caller to go, or null.</summary>
    public Uri? Location { get; private set; }

    /// <summary>The answer's Date header, or null.</summary>
    public DateTimeOffset? ServiceTime { get; private set; }

    /// <summary>The service's time less this machine's, or null.</summary>
    public TimeSpan? ClockOffset { get; private set; }

    public void MarkSent() => _sent = true;

    /// <summary>Takes down the answer's head. It comes before the body, so the local time read here is the one to compare with.</summary>
    public void Record(HttpStatusCode status, HttpResponseHeaders headers, HttpContentHeaders contentHeaders)
    {
        Status = status;
        MediaType = contentHeaders.ContentType?.MediaType;
        Location = headers.Location;
        ServiceTime = headers.Date;
        ClockOffset = headers.Date - clock.GetUtcNow();
    }
}
