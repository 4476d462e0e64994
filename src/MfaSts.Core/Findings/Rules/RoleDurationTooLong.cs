using System.Globalization;
using MfaSts.Errors;
using MfaSts.Profiles;
using MfaSts.Roles;

namespace MfaSts.Findings.Rules;

/// <summary>
/// STS refuses more than an hour for a role that is taken with a session (IAM user guide, "Role chaining"). MfaSts cuts the duration; the
/// SDK for .NET does not send it.
/// </summary>
internal sealed class RoleDurationTooLong : IFindingRule
{
    private const string Key = "duration_seconds";

    public IEnumerable<MfaProfileFinding> Find(Examination examination)
    {
        var served = new ServedSession(examination);
        foreach (var profile in examination.Profiles)
        {
            bool isTooLong = profile.Setting("role_arn") is not null
                && int.TryParse(profile.Setting(Key), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
                && seconds > RoleDuration.MostOfChain.TotalSeconds;
            if (isTooLong && served.SourceOf(profile) is { } source)
            {
                yield return Of(examination, profile, source);
            }
        }
    }

    private static MfaProfileFinding Of(Examination examination, MfaProfile profile, MfaProfile source)
    {
        string most = RoleDuration.MostOfChain.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        FoundSetting[] lines = [.. examination.Settings(profile, Key)];
        var repair = lines.Length == 0 ? null : new FindingRepair(
            $"Set duration_seconds to {most} in [{lines[0].Section.Name}]",
            token => Array.ForEach(lines, line => line.Change(most, token)));
        return new MfaProfileFinding(
            MfaFindingId.RoleDurationTooLong,
            profile.Name,
            examination.PlaceOf(profile, Key),
            new FindingWords(
                $"Profile '{profile.Name}' has {Key} = {profile.Setting(Key)}, and its role is taken with the MFA session of profile "
                    + $"'{source.Name}', for which AWS allows {most}.",
                "The AWS CLI, boto3 and the AWS SDKs for JavaScript and Go fail; MfaSts and the AWS SDK for .NET do not.",
                repair is null
                    ? $"Write {most} there."
                    : $"Repair it with: Repair-MfaProfile -Profile {PowerShellText.Quote(profile.Name)}"),
            repair);
    }
}
