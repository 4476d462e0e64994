using System.Globalization;
using static MfaSts.Errors.MfaErrorCategory;

namespace MfaSts.Errors;

/// <content>What AWS answers, or does not.</content>
public static partial class MfaErrors
{
    /// <summary>STS does not know, or no longer accepts, the access key.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="accessKeyId">The ID.</param>
    /// <param name="awsText">AWS's words.</param>
    /// <param name="hasCode">The request carried an MFA code.</param>
    /// <param name="optInRegion">The region, if it is one that an account must enable: AWS then answers of a good key in the same words.
    /// Else null.</param>
    public static MfaException LongTermCredentialRejected(
        string profile, string accessKeyId, string awsText, bool hasCode = false, string? optInRegion = null) => Make(
        MfaErrorId.LongTermCredentialRejected, AuthenticationError, profile,
        $"AWS does not accept the access key {accessKeyId} of profile '{profile}': {awsText.Trim()}{Spent(hasCode)}",
        (optInRegion is null ? "Check" : $"The key may be good, and the account has not enabled {optInRegion}: try -Region "
            + $"{DefaultRegionOf(optInRegion)}. If that is refused too, check")
            + " in the IAM console that the key is active, then store it again with: Set-MfaLongTermCredential -Profile "
            + $"{PowerShellText.Quote(profile)}");

    /// <summary>The same error, of a call that carried an MFA code.</summary>
    public static MfaException CodeMayBeSpent(MfaException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var error = exception.Error;
        return new MfaException(
            new MfaError(error.Id, error.Category, error.Target, error.Message + Spent(hasCode: true), error.Remedy),
            exception.InnerException);
    }

    /// <summary>AWS accepts the key elsewhere, so the account has not enabled the region.</summary>
    public static MfaException RegionNotEnabled(string profile, string accessKeyId, string region, string acceptedIn, bool hasCode) => Make(
        MfaErrorId.RegionDisabled, InvalidOperation, profile,
        $"The account of profile '{profile}' has not enabled region {region}: AWS accepts the access key {accessKeyId} in {acceptedIn}, "
            + $"and not there. The key is good.{Spent(hasCode)}",
        $"Choose another region with -Region {acceptedIn}, or let an administrator enable {region} (AWS console, Account, AWS Regions).");

    private static string Spent(bool hasCode) => hasCode ? " The MFA code may be spent: the next try takes the next one." : string.Empty;

    private static string DefaultRegionOf(string region) => Profiles.Partition.OfRegion(region).DefaultRegion;

    /// <summary>AWS refused the call; its words are all that is certain.</summary>
    public static MfaException AccessDenied(string profile, string action, string awsText) => Make(
        MfaErrorId.AccessDenied, PermissionDenied, profile,
        $"AWS refused {action} for profile '{profile}': {awsText.Trim()}",
        "Check this user's policies, and that the MFA device is assigned to this user.");

    /// <summary>The request's time and AWS's are too far apart.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="offset">The service's time less this machine's: positive when the local clock is behind. Null when it is not
    /// known.</param>
    public static MfaException ClockSkewed(string profile, TimeSpan? offset) => Make(
        MfaErrorId.ClockSkewed, InvalidOperation, profile,
        offset is { } o
            ? $"{ClockSentence(o)} AWS therefore refuses the call for profile '{profile}'."
            : $"This machine's clock is too far from AWS's, which therefore refuses the call for profile '{profile}'.",
        "Set the clock (turn time synchronisation on), then try again.");

    /// <summary>One sentence that tells how far the local clock is off.</summary>
    public static string ClockSentence(TimeSpan offset) =>
        $"This machine's clock is {Span(offset.Duration())} {(offset > TimeSpan.Zero ? "behind" : "ahead of")} AWS's.";

    /// <summary>There was no answer.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="endpoint">Who was asked.</param>
    /// <param name="why">What happened.</param>
    /// <param name="nothingWasSent">Not one byte of the request left this machine.</param>
    /// <param name="cause">What the system said.</param>
    /// <param name="hasCode">The request carried an MFA code, so that trying again takes another one.</param>
    /// <param name="hint">What may be the matter, as a sentence, or null.</param>
    public static MfaException StsUnreachable(
        string profile, string endpoint, string why, bool nothingWasSent, Exception? cause = null, bool hasCode = true,
            string? hint = null) =>
        new(
            new MfaError(
                MfaErrorId.StsUnreachable, ConnectionError, profile,
                $"No answer from AWS STS at {endpoint} for profile '{profile}': {why}."
                    + (nothingWasSent || !hasCode ? string.Empty : " The MFA code may be spent."),
                $"{(hint is null ? string.Empty : hint + " ")}Check the network connection, the proxy (HTTPS_PROXY, NO_PROXY), the region "
                    + "and the endpoint, "
                    + $"then try again{WithNextCode(hasCode)}."),
            cause)
        {
            NothingWasSent = nothingWasSent,
        };

    /// <summary>Too many calls.</summary>
    public static MfaException StsThrottled(string profile, string awsText, bool hasCode = true) => Make(
        MfaErrorId.StsThrottled, LimitsExceeded, profile,
        $"AWS STS asks for fewer calls and did not serve profile '{profile}': {awsText.Trim()}",
        $"Wait a minute, then try again{WithNextCode(hasCode)}.");

    /// <summary>An error or an answer that makes no sense.</summary>
    public static MfaException StsFailed(string profile, string endpoint, string what, bool hasCode = true) => Make(
        MfaErrorId.StsFailed, ProtocolError, profile,
        $"AWS STS at {endpoint} did not give a usable answer for profile '{profile}': {what.Trim().TrimEnd('.')}.",
        $"Try again{WithNextCode(hasCode)}. If it happens again, check the endpoint and the proxy: a login page of a network often answers "
            + "instead.");

    /// <summary>STS is switched off in the region.</summary>
    public static MfaException RegionDisabled(string profile, string region, string awsText) => Make(
        MfaErrorId.RegionDisabled, InvalidOperation, profile,
        string.Create(
            CultureInfo.InvariantCulture, $"STS is not active in region {region} for the account of profile '{profile}': {awsText.Trim()}"),
        "Choose another region with -Region, or let an administrator activate STS there (IAM console, Account settings).");

    /// <summary>The region and the MFA device are in different partitions.</summary>
    public static MfaException RegionMismatch(string profile, string region, string serial, string partition) => Make(
        MfaErrorId.RegionMismatch, InvalidOperation, profile,
        $"Region '{region}' is not in partition '{partition}', to which the MFA device '{serial}' of profile '{profile}' belongs. Nothing "
            + "was sent.",
        "Give a -Region of that partition, or correct the region in the profile's configuration.");

    /// <summary>The region is not of the form of a region's name.</summary>
    public static MfaException RegionInvalid(string profile, string region) => Make(
        MfaErrorId.RegionMismatch, InvalidArgument, profile,
        $"'{region}' is not the name of an AWS region, so profile '{profile}' cannot use it. Nothing was sent.{CommentHint(region)}",
        "Give a region such as eu-central-1.");

    /// <summary>A configured endpoint is no address.</summary>
    public static MfaException EndpointInvalid(string profile, string endpoint, string where) => Make(
        MfaErrorId.StsUnreachable, InvalidArgument, profile,
        $"'{endpoint}' in {where} is not an http or https address, so AWS cannot be reached for profile '{profile}'. Nothing was "
            + $"sent.{CommentHint(endpoint)}",
        "Correct it, or set AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true to use AWS's own endpoint.");

    /// <summary>A session's keys are no longer accepted; when they expired is not told.</summary>
    public static MfaException SessionRefused(string profile, string awsText) => Make(
        MfaErrorId.SessionExpired, InvalidOperation, profile,
        $"AWS no longer accepts the session of profile '{profile}': {awsText.Trim()}",
        $"Get a new one with: Get-MfaSessionToken -Profile {PowerShellText.Quote(profile)}");

    /// <summary>The file of certificate authorities cannot be used.</summary>
    public static MfaException CaBundleUnreadable(string profile, string path, string why) => Make(
        MfaErrorId.StsUnreachable, InvalidData, profile,
        $"'{path}' cannot be used as the certificate authorities for AWS (AWS_CA_BUNDLE): {why.TrimEnd('.')}. Profile '{profile}' was not "
            + "served, and nothing was sent.",
        "Name a readable file of PEM certificates in AWS_CA_BUNDLE or ca_bundle, or remove the setting to trust the system's authorities.");

    /// <summary>A proxy variable holds no address. Its value is not shown: it may hold a password.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="variable">The variable.</param>
    /// <param name="hint">What in it must be written otherwise, as a sentence, or null.</param>
    public static MfaException ProxyInvalid(string profile, string variable, string? hint = null) => Make(
        MfaErrorId.StsUnreachable, InvalidArgument, profile,
        $"The value of {variable} is not the address of a proxy, so AWS cannot be reached for profile '{profile}'. Nothing was sent.",
        $"{(hint is null ? string.Empty : hint + " ")}Set {variable} to something like http://proxy.example:3128, or remove it.");

    private static string WithNextCode(bool hasCode) => hasCode ? " with the next code" : string.Empty;
}
