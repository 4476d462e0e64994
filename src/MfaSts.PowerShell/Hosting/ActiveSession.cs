using System.Globalization;
using MfaSts.Profiles;
using MfaSts.Sessions;

namespace MfaSts.PowerShell.Hosting;

/// <summary>The session in this process's environment as far as the environment itself tells: no file is read for it.</summary>
/// <param name="Profile">Its profile.</param>
/// <param name="Expiration">When it ends, or null when that is not known.</param>
internal sealed record ActiveSession(string Profile, DateTimeOffset? Expiration)
{
    /// <summary>Finds it.</summary>
    /// <returns>Null when there is none of MfaSts's.</returns>
    public static ActiveSession? Find()
    {
        var variables = EnvironmentVariables.OfProcess;
        if (variables[SessionVariables.Profile] is { } profile && variables[SessionVariables.AccessKeyId] is not null)
        {
            return new ActiveSession(
                NameOf(profile, variables[SessionVariables.AccessKeyId]), ReadTime(variables["AWS_CREDENTIAL_EXPIRATION"]));
        }

        // By profile, no variable tells when it ends; who put it there knows.
        return SessionEnvironment.Used is { Section: { } section } used && section == SessionEnvironment.ActiveSection
            ? new ActiveSession(NameOf(used.Profile, used.AccessKeyId), used.Expiration)
            : null;
    }

    // A profile of a role tells by its name; a role that was taken beside the profile does not.
    private static string NameOf(string profile, string? accessKeyId) =>
        SessionEnvironment.Used is { SessionRole: { } role } used && used.AccessKeyId == accessKeyId && used.SessionSource == profile
            ? $"{profile}/{role}"
            : profile;

    private static DateTimeOffset? ReadTime(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
