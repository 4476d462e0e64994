using MfaSts.Sts;

namespace MfaSts.Roles;

/// <summary>What is sent for the last role of a chain: some settings go on from one role to the next by themselves.</summary>
internal static class RoleCallBuilder
{
    /// <summary>The call.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="userName">The IAM user's name, if it had to be asked for.</param>
    /// <param name="tokenCode">The code, for a role that is taken with long-term keys.</param>
    public static RoleCall Build(RolePlan plan, string? userName, string? tokenCode)
    {
        var role = plan.Chain.Role.Options;
        var before = plan.Chain.Hops.SkipLast(1).Select(hop => hop.Options).ToArray();
        var inherited = before.SelectMany(hop => hop.TransitiveTagKeys).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new RoleCall
        {
            Role = new RoleOptions
            {
                RoleArn = role.RoleArn,
                ExternalId = role.ExternalId,
                RoleSessionName = role.RoleSessionName,
                Tags = [.. role.Tags.Where(tag => !inherited.Contains(tag.Key))],
                TransitiveTagKeys = [.. role.TransitiveTagKeys.Where(key => !inherited.Contains(key))],
                SourceIdentity = before.Any(hop => hop.SourceIdentity is not null) ? null : role.SourceIdentity,
                Policy = role.Policy,
                PolicyArns = role.PolicyArns,
            },
            SessionName = role.RoleSessionName ?? RoleSessionName.From(RoleSessionName.OfDevice(plan.SerialNumber) ?? userName),
            Duration = plan.Duration,
            Source = plan.Source,
            SerialNumber = tokenCode is null ? null : plan.SerialNumber,
            TokenCode = tokenCode,
        };
    }

    /// <summary>The user's name has to be asked for: neither the profile nor the device tells how to name the session.</summary>
    public static bool NeedsUserName(RolePlan plan) =>
        plan.Chain.Role.Options.RoleSessionName is null && RoleSessionName.OfDevice(plan.SerialNumber) is null;
}
