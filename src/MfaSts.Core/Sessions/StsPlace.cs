using MfaSts.Sts;

namespace MfaSts.Sessions;

/// <summary>A call and where its parts came from.</summary>
/// <param name="Call">The call.</param>
/// <param name="Region">The configured region, or null when the partition's default is used.</param>
/// <param name="RegionSource">Where the region came from, for the verbose stream.</param>
/// <param name="EndpointSource">Where the endpoint came from, for the verbose stream.</param>
internal sealed record StsPlace(StsCall Call, string? Region, string RegionSource, string EndpointSource)
{
    /// <summary>Both, as a sentence for the verbose stream.</summary>
    public string Detail =>
        $"Region {Call.Region} from {RegionSource}; endpoint {Call.EndpointUrl?.ToString() ?? "AWS's own"} from {EndpointSource}.";
}
