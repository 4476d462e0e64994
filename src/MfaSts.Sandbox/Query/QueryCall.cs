namespace MfaSts.Sandbox.Query;

/// <summary>A call whose signature holds.</summary>
internal sealed class QueryCall(Principal principal, string region, IncomingRequest request, DateTimeOffset now)
{
    internal Principal Principal { get; } = principal;

    /// <summary>The region it was signed for.</summary>
    internal string Region { get; } = region;

    internal DateTimeOffset Now { get; } = now;

    internal string? Parameter(string name) => request.Parameter(name);
}
