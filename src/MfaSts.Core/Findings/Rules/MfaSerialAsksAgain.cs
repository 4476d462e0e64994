using MfaSts.Errors;
using MfaSts.Profiles;

namespace MfaSts.Findings.Rules;

/// <summary>
/// A role that is taken with an MFA session needs no second code. With <c>mfa_serial</c> in the role's profile the AWS CLI and boto3 ask
/// for one all the same, and the SDKs for JavaScript, .NET and Go fail.
/// </summary>
internal sealed class MfaSerialAsksAgain : IFindingRule
{
    public IEnumerable<MfaProfileFinding> Find(Examination examination)
    {
        var served = new ServedSession(examination);
        foreach (var profile in examination.Profiles)
        {
            if (profile.Setting("role_arn") is not null && profile.Setting("mfa_serial") is not null
                && served.SourceOf(profile) is { } source)
            {
                yield return Of(examination, profile, new DeviceMove(examination, profile, source), source);
            }
        }
    }

    private static MfaProfileFinding Of(Examination examination, MfaProfile profile, DeviceMove move, MfaProfile source)
    {
        var repair = move.Repair();
        string remedy = repair is not null ? $"Repair it with: Repair-MfaProfile -Profile {PowerShellText.Quote(profile.Name)}"
            : move.Known is { } known && known != profile.Setting("mfa_serial")
            ? $"The device of profile '{source.Name}' is {known}. Remove the line mfa_serial if that is the one in use."
            : "Remove the line mfa_serial.";
        return new MfaProfileFinding(
            MfaFindingId.MfaSerialAsksAgain,
            profile.Name,
            examination.PlaceOf(profile, "mfa_serial"),
            new FindingWords(
                $"Profile '{profile.Name}' has mfa_serial, and its role is taken with the MFA session of profile '{source.Name}'.",
                "The AWS CLI and boto3 ask for another code; the AWS SDKs for JavaScript, .NET and Go fail.",
                remedy),
            repair);
    }
}
