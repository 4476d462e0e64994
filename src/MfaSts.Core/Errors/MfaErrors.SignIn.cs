using static MfaSts.Errors.MfaErrorCategory;

namespace MfaSts.Errors;

/// <content>The console.</content>
public static partial class MfaErrors
{
    /// <summary>The session is not a role's.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="roles">Profiles of roles that are taken with its keys.</param>
    public static MfaException ConsoleNeedsRole(string profile, IReadOnlyList<string> roles)
    {
        ArgumentNullException.ThrowIfNull(roles);
        return Make(
            MfaErrorId.ProfileUnsuitable, InvalidOperation, profile,
            $"AWS signs in to the console with a role's session only, and profile '{profile}' has the user's own (GetSessionToken). "
                + "Nothing was sent.",
            roles is [var role, ..]
                ? $"Use one of its roles: Open-MfaConsole -Profile {PowerShellText.Quote(role)}"
                : $"Name a role with: Open-MfaConsole -Profile {PowerShellText.Quote(profile)} -RoleArn <ARN>. Or give it a profile with "
                    + $"'role_arn = <ARN>' and 'source_profile = {profile}'.");
    }

    /// <summary>The sign-in of a partition is not known.</summary>
    public static MfaException SignInUnknown(string profile, string partition) => Make(
        MfaErrorId.ProfileUnsuitable, NotEnabled, profile,
        $"Where one signs in to the console of partition '{partition}' with a session is not known, so profile '{profile}' cannot open it. "
            + "Nothing was sent.",
        "Open the console in the browser by hand, and switch the role there.");

    /// <summary>It is no page of the console.</summary>
    public static MfaException DestinationInvalid(string profile, string destination, string domain) => Make(
        MfaErrorId.DestinationInvalid, InvalidArgument, profile,
        $"'{destination}' is neither the name of a service nor an address of the console of profile '{profile}', so the browser is not "
            + "signed in for it. Nothing was sent.",
        $"Name a service as the console's addresses do, such as s3 or ec2; or give an address that begins with https and is of {domain}.");

    /// <summary>The sign-in's endpoint would be sent the keys in clear.</summary>
    public static MfaException SignInInClear(string profile, string endpoint, string where) => Make(
        MfaErrorId.StsUnreachable, InvalidArgument, profile,
        $"The sign-in at '{endpoint}' in {where} is not an https address, and is not on this machine: the keys of profile '{profile}' "
            + "would go there in clear. Nothing was sent.",
        "Correct it, name the sign-in's own endpoint in AWS_ENDPOINT_URL_SIGNIN, or set AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true to use "
            + "AWS's.");

    /// <summary>The sign-in refused the session. It never says why.</summary>
    public static MfaException SignInRefused(string profile, string host, int status) => Make(
        MfaErrorId.SignInRefused, AuthenticationError, profile,
        $"AWS's sign-in at {host} does not take the session of profile '{profile}' (HTTP {status}). It does not say why: the session may "
            + "have been revoked, or be of another partition.",
        $"Get a new session of the role with: Get-MfaSessionToken -Profile {PowerShellText.Quote(profile)} -Force. Then try again.");

    /// <summary>There was no answer from the sign-in.</summary>
    public static MfaException SignInUnreachable(string profile, string endpoint, string why, Exception? cause, string? hint) =>
        new(
            new MfaError(
                MfaErrorId.StsUnreachable, ConnectionError, profile,
                $"No answer from AWS's sign-in at {endpoint} for profile '{profile}': {why}.",
                $"{(hint is null ? string.Empty : hint + " ")}Check the network connection and the proxy (HTTPS_PROXY, NO_PROXY), then try "
                    + "again."),
            cause);

    /// <summary>Too many calls to the sign-in.</summary>
    public static MfaException SignInThrottled(string profile, string words) => Make(
        MfaErrorId.StsThrottled, LimitsExceeded, profile,
        $"AWS's sign-in asks for fewer calls and did not serve profile '{profile}': {words.Trim()}",
        "Wait a minute, then try again.");

    /// <summary>An answer of the sign-in that makes no sense.</summary>
    public static MfaException SignInFailed(string profile, string endpoint, string what) => Make(
        MfaErrorId.StsFailed, ProtocolError, profile,
        $"AWS's sign-in at {endpoint} did not give a usable answer for profile '{profile}': {what.Trim().TrimEnd('.')}.",
        "Try again. If it happens again, check the proxy: a login page of a network often answers instead.");

    /// <summary>The browser did not come for the address.</summary>
    public static MfaException BrowserMissing(string profile, string why) => Make(
        MfaErrorId.ProgramMissing, ObjectNotFound, profile,
        $"No browser has opened the console for profile '{profile}': {why}.",
        $"Have the address shown, and open it in any browser within 15 minutes: Open-MfaConsole -Profile {PowerShellText.Quote(profile)} "
            + "-PassThru");
}
