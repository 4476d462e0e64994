using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.Sessions;

/// <summary>
/// An mfa_process that needs the very session that it is to give the code for, as <c>aws secretsmanager get-secret-value</c> under the same
/// profile: it would wait for itself. The AWS CLI has the like for credential_process, in <c>_AWS_CLI_PROFILE_CHAIN</c>.
/// </summary>
internal static class CodeCommandLoop
{
    /// <summary>
    /// In the environment of an mfa_process: the profiles whose codes are being got, the outermost first, each on a line.
    /// </summary>
    public const string Variable = "MFASTS_MFA_PROCESS";

    /// <summary>Fails when this process was started by the profile's own mfa_process, and lets that one's caller know.</summary>
    /// <exception cref="MfaException">CodeProcessFailed.</exception>
    public static void Refuse(string profile, EnvironmentVariables variables, SharedFile config)
    {
        if (variables[Variable] is { } chain && chain.Split('\n').Contains(profile))
        {
            Note(profile, config);
            throw MfaErrors.CodeProcessNeedsItself(profile);
        }
    }

    /// <summary>The variable's value for a profile's own command.</summary>
    public static string Add(string profile, EnvironmentVariables variables) =>
        variables[Variable] is { } chain ? $"{chain}\n{profile}" : profile;

    /// <summary>Forgets what an earlier run has noted.</summary>
    public static void Begin(string profile, SharedFile config)
    {
        if (File.Exists(PathOf(profile, config)))
        {
            File.Delete(PathOf(profile, config));
        }
    }

    /// <summary>The command that was begun needed the profile's session.</summary>
    public static bool WasMet(string profile, SharedFile config) => File.Exists(PathOf(profile, config));

    // The outer process sees an exit code only, and that of another program.
    private static void Note(string profile, SharedFile config)
    {
        try
        {
            File.WriteAllBytes(PathOf(profile, config), []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then it tells the exit code.
        }
    }

    private static string PathOf(string profile, SharedFile config) => config.MakeFolders().File("mfa-process-loop", profile);
}
