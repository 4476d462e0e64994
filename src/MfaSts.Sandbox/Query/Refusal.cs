using System.Net;

namespace MfaSts.Sandbox.Query;

/// <summary>An error answer of AWS. <see cref="Refusals"/> makes them.</summary>
internal sealed class Refusal(HttpStatusCode status, string code, string message) : Exception(message)
{
    internal HttpStatusCode Status { get; } = status;

    /// <summary>AWS's error code.</summary>
    internal string Code { get; } = code;
}
