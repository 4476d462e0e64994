using MfaSts.Credentials;
using MfaSts.Profiles;

namespace MfaSts.Roles;

/// <summary>The way from long-term keys to a role, over other roles or none.</summary>
internal sealed class RoleChain
{
    /// <summary>The profile with the long-term keys.</summary>
    public required MfaProfile Source { get; init; }

    /// <summary>Its keys.</summary>
    public required LongTermCredential Credential { get; init; }

    /// <summary>The roles; the first is taken from the source's session, the last is the one that is wanted.</summary>
    public required IReadOnlyList<RoleHop> Hops { get; init; }

    /// <summary>The role was given by the caller and is in no profile.</summary>
    public bool IsAdHoc { get; init; }

    /// <summary>The role is aws-mfa's: its session stands in the source's own section, and the user's own in <c>[p-sts]</c>.</summary>
    public bool IsOfAwsMfa { get; init; }

    /// <summary>The role that is wanted.</summary>
    public RoleHop Role => Hops[^1];

    /// <summary>The profile from whose session the role is taken: the source, or that of the role before.</summary>
    public string Via => Hops.Count > 1 ? Hops[^2].Profile : Source.Name;
}
