using MfaSts.Errors;
using MfaSts.Profiles;

namespace MfaSts.Findings.Rules;

/// <summary>
/// An <c>mfa_process</c>, <c>key_process</c> or <c>credential_process</c> whose program is not there, or that is not trusted.
/// </summary>
internal sealed class CommandCannotRun : IFindingRule
{
    private static readonly string[] Keys = ["mfa_process", CredentialKeys.KeyProcess, "credential_process"];

    public IEnumerable<MfaProfileFinding> Find(Examination examination)
    {
        var programs = new ProgramPath(examination.Variables);
        foreach (var profile in examination.Profiles)
        {
            foreach (string key in Keys)
            {
                if (examination.Settings(profile, key).FirstOrDefault() is { Key.Value: { Length: > 0 } command } setting
                    && (setting.File == examination.Files.Config || key == "credential_process"))
                {
                    if (programs.Missing(command) is { } program)
                    {
                        yield return Missing(profile.Name, key, command, program, setting);
                    }
                    else if (key != "credential_process" && !examination.Files.Config.IsTrusted)
                    {
                        yield return Untrusted(profile.Name, key, setting);
                    }
                }
            }
        }
    }

    private static MfaProfileFinding Missing(string profile, string key, string command, string program, FoundSetting setting) => new(
        MfaFindingId.CommandCannotRun,
        profile,
        setting.Place,
        new FindingWords(
            $"The {key} of profile '{profile}' names the program '{program}', which is not there or cannot be run.",
            key == "credential_process" ? "Every AWS tool fails with this profile." : "MfaSts cannot get a code or a key by it.",
            key == "credential_process" && CredentialProcessCommand.IsOurs(command)
                ? $"Set it anew with: Register-MfaCredentialProcess -Profile {PowerShellText.Quote(profile)}"
                : "Install the program, or write its full path."));

    private static MfaProfileFinding Untrusted(string profile, string key, FoundSetting setting) => new(
        MfaFindingId.CommandCannotRun,
        profile,
        setting.Place,
        new FindingWords(
            $"Another user can write the file, or owns it, and profile '{profile}' has {key} in it.",
            "MfaSts does not run the command.",
            $"Make it yours alone with: chmod go-w {PowerShellText.QuotePath(setting.File.Path)}"));
}
