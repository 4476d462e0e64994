using System.Globalization;
using MfaSts.Credentials;
using static MfaSts.Errors.MfaErrorCategory;

namespace MfaSts.Errors;

/// <summary>The catalogue: the one place where an error's words are written. The folder's other files hold its chapters.</summary>
public static partial class MfaErrors
{
    /// <summary>The profile name is not one that MfaSts reads or creates.</summary>
    public static MfaException ProfileNameInvalid(string? name, string why) => Make(
        MfaErrorId.ProfileNameInvalid, InvalidArgument, name,
        $"'{name}' cannot be used as a profile name: {why}.",
        "Use letters, digits and the characters _ . @ + % : / - only.");

    /// <summary>No layout that is understood holds long-term keys for the profile.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="path">The credentials file.</param>
    /// <param name="nearest">The profile that may be meant if the name is mistyped, or null.</param>
    /// <param name="similar">Sections that may be meant: the profile's name with a suffix.</param>
    /// <param name="remark">What in the config file was meant for the profile and does not count, as a sentence, or null.</param>
    public static MfaException LongTermCredentialNotFound(
        string profile, string path, string? nearest = null, IReadOnlyList<string>? similar = null, string? remark = null) => Make(
        MfaErrorId.LongTermCredentialNotFound, ObjectNotFound, profile,
        $"No long-term access key is stored for profile '{profile}': neither [{profile}-long-term] nor [{profile}] in '{path}' holds one, "
            + $"nor does the config file or any file of an older tool.{(remark is null ? string.Empty : " " + remark)}",
        similar is [var only, ..]
            ? $"[{only}] holds one. If it is the profile's, use it with: Get-MfaSessionToken -Profile {PowerShellText.Quote(only)} "
                + $"-SessionProfile {PowerShellText.Quote(profile)}"
            : Else(nearest, $"Store one with: Set-MfaLongTermCredential -Profile {PowerShellText.Quote(profile)}"));

    /// <summary>
    /// The profile has long-term keys, but not the one that was named. What was given is not told: it may be a secret in the wrong place.
    /// </summary>
    public static MfaException AccessKeyNotFound(string profile, IReadOnlyList<LongTermCredential> found) => Make(
        MfaErrorId.LongTermCredentialNotFound, ObjectNotFound, profile,
        $"Profile '{profile}' has no long-term access key with the ID that was given. It has: {Places(found)}.",
        $"Take the ID from: Get-MfaLongTermCredential -Profile {PowerShellText.Quote(profile)}");

    /// <summary>Sections hold different long-term keys of one profile, and none goes before the others.</summary>
    public static MfaException LongTermCredentialAmbiguous(string profile, IReadOnlyList<LongTermCredential> found) => Make(
        MfaErrorId.LongTermCredentialAmbiguous, InvalidArgument, profile,
        $"Profile '{profile}' has different long-term keys: {Places(found)}.",
        $"Remove the one that is no longer valid with: Remove-MfaLongTermCredential -Profile {PowerShellText.Quote(profile)} -AccessKeyId "
            + "<ID>");

    /// <summary>An access key is not of AWS's form.</summary>
    public static MfaException AccessKeyMalformed(string profile, string why) => Make(
        MfaErrorId.AccessKeyMalformed, InvalidArgument, profile,
        $"The access key given for profile '{profile}' is not valid: {why}.",
        "Copy the access key ID (20 characters, beginning with AKIA) and its secret access key (40 characters) from the IAM console.");

    /// <summary>An access key in a file is not of AWS's form, so that AWS would refuse it. Neither half is told.</summary>
    /// <param name="credential">The keys.</param>
    /// <param name="line">The line, or null when it cannot be told.</param>
    /// <param name="key">Which half.</param>
    /// <param name="why">What is wrong with it.</param>
    public static MfaException StoredAccessKeyMalformed(LongTermCredential credential, int? line, string key, string why)
    {
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentNullException.ThrowIfNull(why);
        string place = line is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", line {line}");
        bool isComment = why.Contains("blank", StringComparison.Ordinal) || why.Contains("sign '", StringComparison.Ordinal);
        return Make(
            MfaErrorId.AccessKeyMalformed, InvalidArgument, credential.Profile,
            $"{key} of profile '{credential.Profile}' in [{credential.Section}] of '{credential.Path}'{place} {why}. Nothing was sent.",
            "Correct that line: the bare value, without quotes" + (isComment ? "; a comment belongs on a line of its own" : string.Empty)
                + $". Or store the keys again with: Set-MfaLongTermCredential -Profile {PowerShellText.Quote(credential.Profile)} -Force");
    }

    /// <summary>Long-term keys have parts of an older session beside them, and AWS refuses the two together.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="section">The section.</param>
    /// <param name="path">The file.</param>
    /// <param name="leftovers">What is left of the session, each with its line.</param>
    public static MfaException LongTermCredentialHasLeftovers(string profile, string section, string path, string leftovers) => Make(
        MfaErrorId.AccessKeyMalformed, InvalidArgument, profile,
        $"[{section}] in '{path}' has the ID of a long-term access key of profile '{profile}', and beside it what belongs to a session: "
            + $"{leftovers}. "
            + "AWS refuses the two together. Nothing was sent.",
        $"If the access key is new, remove what is left of the older session from [{section}]. If it is not, store the right one with: "
            + $"Set-MfaLongTermCredential -Profile {PowerShellText.Quote(profile)}");

    /// <summary>
    /// Rows that should hold access keys cannot be read. What they hold is not told: it may be a secret in the wrong column.
    /// </summary>
    /// <param name="profile">The profile that the row is for, or null when none is known.</param>
    /// <param name="source">The file or the row, as the beginning of a sentence.</param>
    /// <param name="why">What is wrong with it.</param>
    public static MfaException CsvUnreadable(string? profile, string source, string why) => Make(
        MfaErrorId.CsvUnreadable, InvalidData, profile,
        $"{source} cannot be read as {(profile is null ? "access keys" : $"the access key of profile '{profile}'")}: {why}.",
        "Give the CSV file that the IAM console offers when it makes an access key, or its rows from Import-Csv: "
            + "the first line names the columns 'Access key ID' and 'Secret access key'.");

    /// <summary>Keys that are stored would be replaced.</summary>
    public static MfaException LongTermCredentialExists(string profile, string accessKeyId, string section, string path) => Make(
        MfaErrorId.ProfileUnsuitable, InvalidOperation, profile,
        $"[{section}] in '{path}' already holds another long-term access key of profile '{profile}': {accessKeyId}. Nothing was written.",
        "Replace it with -Force, or name another profile.");

    /// <summary>A session access key was met where a long-term one is needed.</summary>
    public static MfaException LongTermCredentialIsSession(string profile, string section, string path) => Make(
        MfaErrorId.AccessKeyMalformed, InvalidArgument, profile,
        $"[{section}] in '{path}' holds a temporary access key (its ID begins with ASIA) where profile '{profile}' needs a long-term one.",
        $"Store the long-term access key with: Set-MfaLongTermCredential -Profile {PowerShellText.Quote(profile)}");

    /// <summary>The profile's own keys would go before a credential_process, or hide it.</summary>
    public static MfaException ProfileHasLongTermKeys(string profile, string path) => Make(
        MfaErrorId.ProfileUnsuitable, InvalidOperation, profile,
        $"[{profile}] in '{path}' holds long-term keys, which AWS tools use before a credential_process.",
        $"Move them to [{profile}-long-term] with: Register-MfaCredentialProcess -Profile {PowerShellText.Quote(profile)} -Force");

    /// <summary>Keys that are not long-term ones stand in the profile's own section, and would go before a credential_process.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="path">The credentials file.</param>
    /// <param name="keys">What they are, and in which line.</param>
    public static MfaException ProfileHasForeignKeys(string profile, string path, string keys) => Make(
        MfaErrorId.ProfileUnsuitable, InvalidOperation, profile,
        $"[{profile}] in '{path}' holds {keys}, which AWS tools take before a credential_process, an expired one too. Nothing was changed.",
        $"Let it be removed with: Register-MfaCredentialProcess -Profile {PowerShellText.Quote(profile)} -Force");

    /// <summary>The profile gets its credentials from elsewhere, which AWS tools ask before a credential_process.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="key">The setting that says so.</param>
    /// <param name="place">Where it stands.</param>
    public static MfaException ProfileHasOtherSource(string profile, string key, string place) => Make(
        MfaErrorId.ProfileUnsuitable, InvalidOperation, profile,
        $"Profile '{profile}' has {key} ({place}), which some AWS tools take before a credential_process, and with which others find "
            + "nothing. Nothing was changed.",
        $"Register a profile of another name, or remove that setting if it is no longer wanted.");

    /// <summary>A role's profile cannot have a credential_process.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="path">The config file.</param>
    /// <param name="source">The profile with whose keys the role is taken, or null when none is.</param>
    public static MfaException ProfileHasRole(string profile, string path, string? source) => Make(
        MfaErrorId.ProfileUnsuitable, InvalidOperation, profile,
        $"[profile {profile}] in '{path}' has role_arn, which AWS tools do not accept together with a credential_process.",
        source is null
            ? "Register a profile with long-term keys, and name it as source_profile."
            : "Register its source, then every AWS tool assumes the role by itself: Register-MfaCredentialProcess -Profile "
                + $"{PowerShellText.Quote(source)}");

    /// <summary>The profile's credential_process is another program's.</summary>
    public static MfaException ProfileHasOtherProcess(string profile, string path) => Make(
        MfaErrorId.ProfileUnsuitable, InvalidOperation, profile,
        $"[profile {profile}] in '{path}' has a credential_process that is not MfaSts's.",
        "Remove that line first, if it is no longer wanted.");

    /// <summary>The program or the profile cannot stand in a credential_process.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="what">The program's path or the profile.</param>
    /// <param name="why">What is wrong with it.</param>
    public static MfaException CommandUnsafe(string profile, string what, string why) => Make(
        MfaErrorId.ProfileUnsuitable, InvalidArgument, profile,
        $"'{what}' cannot be used in the credential_process of profile '{profile}', since two AWS SDKs give that line to a shell: {why}.",
        "Use another profile name; or let the program be put into another folder, by setting XDG_DATA_HOME to one without such a character "
            + "(on Windows LOCALAPPDATA).");

    /// <summary>The section that a session would go to has keys of its own.</summary>
    public static MfaException SessionSectionTaken(string profile, string section, string path) => Make(
        MfaErrorId.ProfileUnsuitable, InvalidOperation, profile,
        $"The session of profile '{profile}' belongs in [{section}] in '{path}', but that section holds long-term keys or another "
            + "program's settings. Nothing was sent.",
        $"Rename [{section}], or store the keys of '{profile}' with Set-MfaLongTermCredential and remove those in [{profile}]: its session "
            + "then goes there.");

    /// <summary>The section that a session would go to is the place of another profile's.</summary>
    public static MfaException SessionSectionOfAnother(string profile, string section, string path) => Make(
        MfaErrorId.ProfileUnsuitable, InvalidOperation, profile,
        $"The session of profile '{profile}' cannot go to [{section}] in '{path}': a profile of that name has long-term keys, and its own "
            + "session belongs there. "
            + "Nothing was sent.",
        $"Name another section with: Get-MfaSessionToken -Profile {PowerShellText.Quote(profile)} -SessionProfile <name>");

    /// <summary>The program is not there.</summary>
    public static MfaException ProgramMissing(string profile, string system) => Make(
        MfaErrorId.ProgramMissing, ObjectNotFound, profile,
        $"The program mfasts for {system} is neither in this module's bin folder nor on PATH, so no credential_process can be set for "
            + $"profile '{profile}'.",
        "Install the module from the gallery, or put the program of the same version on PATH.");

    /// <summary>No session is stored under the profile.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="path">The credentials file.</param>
    /// <param name="nearest">The profile that may be meant if the name is mistyped, or null.</param>
    public static MfaException SessionNotFound(string profile, string path, string? nearest = null) => Make(
        MfaErrorId.SessionNotFound, ObjectNotFound, profile,
        $"No session is stored for profile '{profile}' in '{path}'.",
        Else(nearest, $"Get one with: Get-MfaSessionToken -Profile {PowerShellText.Quote(profile)}"));

    /// <summary>The environment holds no session that MfaSts put there.</summary>
    public static MfaException NoActiveSession() => Make(
        MfaErrorId.NoActiveSession, ObjectNotFound, null,
        "No session of MfaSts is in this process's environment.",
        "Put one there with: Use-MfaSession <profile>");

    /// <summary>A script block is running with another session, and what was called within it cannot wait for its end.</summary>
    public static MfaException EnvironmentInUse() => Make(
        MfaErrorId.EnvironmentInUse, ResourceBusy, null,
        "A script block is running with another session in this process's environment, which is one for all runspaces. Nothing was "
            + "changed.",
        "Run the two in processes of their own, with Start-Job or with: mfasts exec <profile> -- <command>");

    /// <summary>The session has expired.</summary>
    public static MfaException SessionExpired(string profile, DateTimeOffset expiration) => Make(
        MfaErrorId.SessionExpired, InvalidOperation, profile,
        $"The session of profile '{profile}' expired at {Moment(expiration)}.",
        $"Get a new one with: Get-MfaSessionToken -Profile {PowerShellText.Quote(profile)}");

    /// <summary>An exception from MFA is not of the form of an action.</summary>
    public static MfaException PolicyActionInvalid(string action) => Make(
        MfaErrorId.PolicyInvalid, InvalidArgument, null,
        $"'{action}' is not the name of an action of AWS, so it cannot be allowed without MFA.",
        "Write it as service:Action, such as s3:GetObject. Only the part after the colon can have the wildcards * and ?: s3:Get*.");

    /// <summary>IAM would not take the policy.</summary>
    public static MfaException PolicyTooLong(int length, int most) => Make(
        MfaErrorId.PolicyInvalid, LimitsExceeded, null,
        string.Create(
            CultureInfo.InvariantCulture, $"The policy would have {length} characters, white space not counted. IAM takes {most}."),
        "Allow fewer actions, or combine several with a wildcard: s3:Get*.");

    /// <summary>The question whether a name is mistyped.</summary>
    public static string DidYouMean(string nearest) => $"Did you mean '{nearest}'?";

    private static MfaException Make(
        MfaErrorId id, MfaErrorCategory category, string? target, string message, string remedy, Exception? cause = null) =>
        new(new MfaError(id, category, target, message, remedy), cause);

    /// <summary>Where keys are, as the part of a sentence.</summary>
    internal static string Places(IReadOnlyList<LongTermCredential> found) =>
        string.Join(", ", found.Select(key => $"{key.AccessKeyId} in [{key.Section}] of '{key.Path}'"));

    private static string Else(string? nearest, string remedy) =>
        nearest is null ? remedy : $"{DidYouMean(nearest)} If not, {char.ToLowerInvariant(remedy[0])}{remedy[1..]}";

    // A comment behind a value is a comment for the JavaScript SDK only.
    private static string CommentHint(string value) =>
        value.Contains(" #", StringComparison.Ordinal) || value.Contains(" ;", StringComparison.Ordinal)
            ? " Write a comment on a line of its own: after a value it is part of the value."
            : string.Empty;

    private static string Moment(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Span(TimeSpan span) => DurationText.Format(span);
}
