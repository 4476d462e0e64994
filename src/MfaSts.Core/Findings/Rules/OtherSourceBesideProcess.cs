using MfaSts.Errors;
using MfaSts.Profiles;

namespace MfaSts.Findings.Rules;

/// <summary>
/// Another source beside a <c>credential_process</c> of MfaSts's: botocore and the SDK for .NET take IAM Identity Center first, botocore
/// <c>aws login</c>; beside a role .NET finds nothing and Go does not load the file. Other tools write their process beside SSO settings
/// on purpose, so only ours is looked at.
/// </summary>
internal sealed class OtherSourceBesideProcess : IFindingRule
{
    public IEnumerable<MfaProfileFinding> Find(Examination examination)
    {
        foreach (var profile in examination.Profiles)
        {
            if (profile.Setting("credential_process") is { } process && CredentialProcessCommand.IsOurs(process)
                && profile.OtherSource is { } source && source != "credential_process")
            {
                yield return new MfaProfileFinding(
                    MfaFindingId.OtherSourceBesideProcess,
                    profile.Name,
                    examination.PlaceOf(profile, source),
                    new FindingWords(
                        $"Profile '{profile.Name}' has {source} beside the credential_process of MfaSts.",
                        $"Some AWS tools take {source}, some the process, and some find nothing.",
                        $"Remove the line {source}, or the process with: Unregister-MfaCredentialProcess -Profile "
                            + PowerShellText.Quote(profile.Name)));
            }
        }
    }
}
