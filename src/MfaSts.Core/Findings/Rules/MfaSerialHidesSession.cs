using MfaSts.Errors;

namespace MfaSts.Findings.Rules;

/// <summary>
/// The AWS SDK for .NET finds no credentials in a profile that has <c>mfa_serial</c> beside keys or a <c>credential_process</c>
/// (<c>CredentialProfileTypeDetector</c>).
/// </summary>
internal sealed class MfaSerialHidesSession : IFindingRule
{
    public IEnumerable<MfaProfileFinding> Find(Examination examination)
    {
        var served = new ServedSession(examination);
        foreach (var profile in examination.Profiles)
        {
            if (profile.Setting("mfa_serial") is { } serial && profile.Setting("role_arn") is null
                && (profile.Setting("credential_process") is not null || served.IsIn(profile)))
            {
                var move = new DeviceMove(examination, profile, profile);
                yield return new MfaProfileFinding(
                    MfaFindingId.MfaSerialHidesSession,
                    profile.Name,
                    examination.PlaceOf(profile, "mfa_serial"),
                    new FindingWords(
                        $"Profile '{profile.Name}' has mfa_serial.",
                        "The AWS SDK for .NET, and so AWS.Tools, finds no session beside it.",
                        move.HasKeys
                            ? $"Move the device with: Set-MfaLongTermCredential -Profile {PowerShellText.Quote(profile.Name)} "
                                + $"-SerialNumber {PowerShellText.Quote(serial)}"
                            : "Remove the line mfa_serial: the device belongs to the profile that has the long-term keys."),
                    move.Repair());
            }
        }
    }
}
