using MfaSts.Roles;
using MfaSts.Sts;
using static MfaSts.Errors.MfaErrorCategory;

namespace MfaSts.Errors;

/// <content>Roles.</content>
public static partial class MfaErrors
{
    /// <summary>A setting of a role is not one that AWS takes.</summary>
    public static MfaException RoleSettingInvalid(string profile, string what, string why) => Make(
        MfaErrorId.RoleSettingInvalid, InvalidArgument, profile,
        $"The {what} for the role of profile '{profile}' cannot be used: {why}. No code was asked for, and nothing was sent.",
        $"Correct the parameter, or the setting of profile '{profile}'.");

    /// <summary>AWS does not take a setting of a role.</summary>
    public static MfaException RoleSettingRefused(string profile, string roleArn, string awsText) => Make(
        MfaErrorId.RoleSettingInvalid, InvalidArgument, profile,
        $"AWS does not take the settings for the role '{roleArn}' of profile '{profile}': {awsText.Trim()}",
        "Correct the role's settings. Where AWS speaks of a packed size, use fewer or shorter session tags and policies.");

    /// <summary>The profiles name each other as source_profile.</summary>
    public static MfaException RoleSourceLoop(string profile, string circle, string path) => Make(
        MfaErrorId.RoleSourceInvalid, InvalidOperation, profile,
        $"The role of profile '{profile}' leads to no keys, since source_profile in '{path}' is a loop: {circle}. Nothing was sent.",
        "Let one of them name a profile with long-term keys as source_profile.");

    /// <summary>The role's profile names no source.</summary>
    public static MfaException RoleSourceMissing(string profile, string path) => Make(
        MfaErrorId.RoleSourceInvalid, InvalidOperation, profile,
        $"Profile '{profile}' in '{path}' has role_arn, but no source_profile says whose keys the role is taken with. Nothing was sent.",
        "Add 'source_profile = <profile with long-term keys>' to the profile.");

    /// <summary>The role's profile holds the keys, too.</summary>
    public static MfaException RoleSourceIsItself(string profile, string path) => Make(
        MfaErrorId.RoleSourceInvalid, InvalidOperation, profile,
        $"Profile '{profile}' in '{path}' has a role and the long-term keys to take it with. The role's session and the user's own would "
            + "go to one place, and the AWS SDK for .NET finds nothing in such a profile. Nothing was sent.",
        $"Move role_arn and what belongs to it to a profile of another name, such as [profile {profile}-role], with 'source_profile = "
            + $"{profile}'.");

    /// <summary>The source has no long-term keys.</summary>
    /// <param name="profile">The role's profile.</param>
    /// <param name="source">The source.</param>
    /// <param name="path">The credentials file.</param>
    /// <param name="nearest">The profile that may be meant if the name is mistyped, or null.</param>
    public static MfaException RoleSourceWithoutKeys(string profile, string source, string path, string? nearest = null) => Make(
        MfaErrorId.RoleSourceInvalid, ObjectNotFound, profile,
        $"The role of profile '{profile}' is taken with the keys of profile '{source}', and no long-term access key is stored for that in "
            + $"'{path}'.",
        Else(nearest, $"Store one with: Set-MfaLongTermCredential -Profile {PowerShellText.Quote(source)}"));

    /// <summary>The source's keys come from another program.</summary>
    public static MfaException RoleSourceForeign(string profile, string source, string key, string owner, string path) => Make(
        MfaErrorId.RoleSourceInvalid, InvalidOperation, profile,
        $"The role of profile '{profile}' is taken by {key} of profile '{source}' in '{path}': that session is {owner}, and MfaSts has "
            + "none to take the role with.",
        $"Use profile '{profile}' with the AWS tools as it is, or let its source_profile name a profile with long-term keys.");

    /// <summary>More than an hour was asked for a role that is taken from another role's session.</summary>
    public static MfaException RoleDurationInChain(string profile, TimeSpan asked, string via) => Make(
        MfaErrorId.RoleDurationRefused, InvalidArgument, profile,
        $"A session of {Span(asked)} cannot be had for the role of profile '{profile}': it is taken with the session of profile '{via}', "
            + "and AWS grants 1h at most to a role that is taken with a session (role chaining). No code was asked for, and nothing was "
            + "sent.",
        "Leave -Duration out: a role's session of one hour is renewed without a code.");

    /// <summary>The role allows less.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="roleArn">The role.</param>
    /// <param name="asked">What was asked for.</param>
    /// <param name="how">AWS's words, or how it is known without a call.</param>
    public static MfaException RoleDurationRefused(string profile, string roleArn, TimeSpan asked, string how) => Make(
        MfaErrorId.RoleDurationRefused, InvalidArgument, profile,
        $"The role '{roleArn}' of profile '{profile}' allows less than the {Span(asked)} that were asked for: {how.Trim().TrimEnd('.')}.",
        $"Ask for less. The role's MaxSessionDuration is shown by: aws iam get-role --role-name {RoleArn.NameOf(roleArn)}. Or leave "
            + "-Duration out: one hour is then taken, and renewed without a code.");

    /// <summary>How a refusal is known without a call.</summary>
    public static string RoleDurationRemembered(TimeSpan refused) =>
        $"AWS refused {Span(refused)} less than a day ago. No code was asked for, and nothing was sent";

    /// <summary>AWS refused the role. It does not tell why, so all is named that it can be.</summary>
    public static MfaException RoleNotAssumable(string profile, RoleCall call, string awsText)
    {
        ArgumentNullException.ThrowIfNull(call);
        return Make(
            MfaErrorId.RoleNotAssumable, PermissionDenied, profile,
            $"AWS refused the role '{call.Role.RoleArn}' for profile '{profile}': {awsText.Trim()} It does not say which of these it is: "
                + $"{string.Join("; ", RoleRefusal.Causes(call))}.",
            "Compare the role's trust policy with that. If it limits the age of the MFA code, get a new session with: Get-MfaSessionToken "
                + $"-Profile {PowerShellText.Quote(call.Source)} -Force");
    }

    /// <summary>A session of a role was asked for by its section's name, and has expired: how it was got is in no file.</summary>
    public static MfaException AdHocRoleExpired(string profile, string source) => Make(
        MfaErrorId.SessionExpired, InvalidOperation, profile,
        $"The session of a role in [{profile}] has expired, and no profile says how it was got.",
        $"Get a new one with: Get-MfaSessionToken -Profile {PowerShellText.Quote(source)} -RoleArn <ARN> -SessionProfile "
            + $"{PowerShellText.Quote(profile)}");

    /// <summary>The section that a role's session would go to is another program's.</summary>
    public static MfaException RoleSectionForeign(string profile, string section, int line, string path) => Make(
        MfaErrorId.ProfileUnsuitable, InvalidOperation, profile,
        $"The session of the role of profile '{profile}' would go to [{section}] in '{path}', but MfaSts did not write the section that "
            + $"starts at line {line}. Nothing was sent.",
        $"Rename that section, or choose another with: Get-MfaSessionToken -Profile {PowerShellText.Quote(profile)} -SessionProfile "
            + "<name>");

    /// <summary>A session was to be kept in the section of a role's profile.</summary>
    public static MfaException SectionOfRoleProfile(string profile, string section, string owner) => Make(
        MfaErrorId.ProfileUnsuitable, InvalidOperation, profile,
        $"The session that is taken with profile '{profile}' cannot go to [{section}]: it is the place of the role of profile '{owner}', "
            + "and other tools would take it for that. Nothing was sent.",
        "Name another section with -SessionProfile.");

    /// <summary>A session that is in no file cannot be named to other tools.</summary>
    public static MfaException SessionNotStored(string profile) => Make(
        MfaErrorId.ProfileUnsuitable, InvalidOperation, profile,
        $"The session of profile '{profile}' is for a role that no profile names, and is in no file, so AWS_PROFILE cannot name it.",
        "Give it a section with -SessionProfile <name>, or leave -ByProfile out.");
}
