using MfaSts.Roles;

namespace MfaSts.Sessions;

/// <summary>Where a new session is kept, and what is written beside it.</summary>
internal sealed class SessionTarget
{
    public required string Profile { get; init; }

    /// <summary>The section, or null when it is not stored.</summary>
    public required string? Section { get; init; }

    /// <summary>The region that is written beside it; null for none.</summary>
    public string? SectionRegion { get; init; }

    /// <summary>The region that the caller works in.</summary>
    public string? Region { get; init; }

    public string? SerialNumber { get; init; }

    /// <summary>The section's name does not tell whose session it holds, so it is written there.</summary>
    public bool NamesOwner { get; init; }

    /// <summary>A tool without any expiry may write to the section as well.</summary>
    public bool MayBeOverwritten { get; init; }

    /// <summary>The STS endpoint when it is not AWS's own.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The role, or null for a user's own session.</summary>
    public RoleMark? Role { get; init; }
}
