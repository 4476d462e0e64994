using MfaSts.Profiles;

namespace MfaSts.Findings.Rules;

/// <summary>
/// The AWS SDK for .NET finds no credentials in a profile that has a role's setting beside keys, and no role. aws-vault reads
/// <c>source_profile</c> without a role, so what is to go is for the user to say.
/// </summary>
internal sealed class RoleSettingHidesSession : IFindingRule
{
    public IEnumerable<MfaProfileFinding> Find(Examination examination)
    {
        var served = new ServedSession(examination);
        return examination.Profiles.Where(served.IsIn)
            .SelectMany(profile => profile.KeysThatHideSession.Where(key => key != "mfa_serial")
                .Select(key => Of(examination, profile, key)));
    }

    private static MfaProfileFinding Of(Examination examination, MfaProfile profile, string key) => new(
        MfaFindingId.RoleSettingHidesSession,
        profile.Name,
        examination.PlaceOf(profile, key),
        new FindingWords(
            $"Profile '{profile.Name}' has {key} without role_arn.",
            "The AWS SDK for .NET, and so AWS.Tools, finds no session beside it.",
            $"Remove that line from '{examination.PlaceOf(profile, key).Path}', or add the role."));
}
