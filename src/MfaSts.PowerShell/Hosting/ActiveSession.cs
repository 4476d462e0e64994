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
            return new ActiveSession(profile, ReadTime(variables["AWS_CREDENTIAL_EXPIRATION"]));
        }

        // By profile, no variable tells when it ends; who put it there knows.
        return SessionEnvironment.Used is { } used && used.Section == SessionEnvironment.ActiveSection ? new ActiveSession(used.Profile, used.Expiration) : null;
    }

    private static DateTimeOffset? ReadTime(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
