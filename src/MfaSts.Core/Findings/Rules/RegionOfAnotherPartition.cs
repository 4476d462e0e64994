using MfaSts.Credentials;
using MfaSts.Profiles;
using MfaSts.Sessions;

namespace MfaSts.Findings.Rules;

/// <summary>
/// Keys are valid in one partition of AWS only (GovCloud, China and others are apart). A variable with a region goes before the profile's
/// in every tool.
/// </summary>
internal sealed class RegionOfAnotherPartition : IFindingRule
{
    public IEnumerable<MfaProfileFinding> Find(Examination examination)
    {
        foreach (var profile in examination.Profiles)
        {
            string? device = LongTermCredentialStore.SerialNumberOf(examination.Documents, profile.Name) ?? profile.Setting("mfa_serial");
            if (device is null || Partition.OfArn(device) is not { } partition)
            {
                continue;
            }

            foreach (string name in SessionVariables.Region)
            {
                if (examination.Variables[name] is { } region && IsElsewhere(region, partition))
                {
                    yield return Of(
                        profile.Name,
                        FindingPlace.None,
                        $"{name} is {region}, in another partition of AWS than the keys of profile '{profile.Name}' ({partition}).",
                        $"Remove {name}, or set it to a region such as {partition.DefaultRegion}.");
                }
            }

            if (profile.Setting("region") is { } configured && IsElsewhere(configured, partition))
            {
                yield return Of(
                    profile.Name,
                    examination.PlaceOf(profile, "region"),
                    $"Profile '{profile.Name}' has the region {configured}, in another partition of AWS than its keys ({partition}).",
                    $"Write a region such as {partition.DefaultRegion}.");
            }
        }
    }

    private static bool IsElsewhere(string region, Partition partition) =>
        Partition.IsRegionName(region) && Partition.OfRegion(region) != partition;

    private static MfaProfileFinding Of(string profile, FindingPlace place, string what, string remedy) => new(
        MfaFindingId.RegionOfAnotherPartition,
        profile,
        place,
        new FindingWords(what, "Every AWS tool that calls that region gets InvalidClientTokenId.", remedy));
}
