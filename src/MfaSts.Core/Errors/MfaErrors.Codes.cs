using MfaSts.Sessions;
using static MfaSts.Errors.MfaErrorCategory;

namespace MfaSts.Errors;

/// <content>Devices, codes and durations: what is refused before anything is sent.</content>
public static partial class MfaErrors
{
    /// <summary>No MFA device is known, and AWS was not asked for it.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="path">The credentials file.</param>
    /// <param name="remark">What in the config file was meant for the profile and does not count, as a sentence, or null.</param>
    public static MfaException SerialNumberMissing(string profile, string path, string? remark = null) => Make(
        MfaErrorId.SerialNumberMissing, InvalidArgument, profile,
        NoDeviceKnown(profile, path, remark),
        $"{HowToStoreDevice(profile)} Or run Get-MfaSessionToken -Profile {PowerShellText.Quote(profile)} in an interactive shell: it asks "
            + "AWS for the device.");

    /// <summary>No MFA device is known, and IAM did not say which there are.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="path">The credentials file.</param>
    /// <param name="why">What IAM said.</param>
    /// <param name="remark">What in the config file was meant for the profile and does not count, as a sentence, or null.</param>
    public static MfaException SerialNumberNotTold(string profile, string path, string why, string? remark = null) => Make(
        MfaErrorId.SerialNumberMissing, InvalidArgument, profile,
        $"{NoDeviceKnown(profile, path, remark)} AWS did not list the user's devices: {why}",
        $"{HowToStoreDevice(profile)} Or let an administrator allow iam:ListMFADevices for this user, so that MfaSts finds the device.");

    /// <summary>The user has no MFA device that gives codes.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="others">The user's devices that give none; empty when there are none at all.</param>
    public static MfaException DeviceMissing(string profile, string others) => Make(
        MfaErrorId.SerialNumberMissing, InvalidArgument, profile,
        (others.Length == 0
            ? $"The user of profile '{profile}' has no MFA device."
            : $"The user of profile '{profile}' has no MFA device that gives codes: a passkey or security key does not, and AWS lists only "
                + $"{others}.")
            + " Nothing was changed.",
        "Set up a virtual device. A user can have several devices: "
            + "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_virtual.html");

    /// <summary>The user has several MFA devices, and nobody can be asked to choose.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="devices">The devices.</param>
    public static MfaException SerialNumberAmbiguous(string profile, string devices) => Make(
        MfaErrorId.SerialNumberAmbiguous, InvalidArgument, profile,
        $"The user of profile '{profile}' has several MFA devices: {devices}. None was chosen.",
        $"Give one of them as -SerialNumber, or store it with: Set-MfaLongTermCredential -Profile {PowerShellText.Quote(profile)} "
            + "-SerialNumber <device>");

    /// <summary>The MFA device's identifier is malformed.</summary>
    public static MfaException SerialNumberInvalid(string profile, string serial, string why) => Make(
        MfaErrorId.SerialNumberInvalid, InvalidArgument, profile,
        $"'{serial}' cannot be the MFA device of profile '{profile}': {why}.{CommentHint(serial)}",
        "Give the ARN of a virtual device (arn:aws:iam::123456789012:mfa/name) or the serial number printed on a hardware device.");

    /// <summary>The code is not six digits.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="digits">How many digits it has, or null when it has something else besides.</param>
    public static MfaException TokenCodeMalformed(string profile, int? digits = null) => Make(
        MfaErrorId.TokenCodeMalformed, InvalidArgument, profile,
        $"The MFA code given for profile '{profile}' is not six digits{WhatInstead(digits)}. Nothing was sent.",
        digits is > 0 and < TokenCode.Length
            ? "Give the six digits that the device shows. A code that begins with 0 needs quotes: -TokenCode '012345'."
            : "Give the six digits that the device shows, and nothing else. Blanks and line ends around and between them do not matter.");

    /// <summary>A code is needed, and nobody can be asked.</summary>
    public static MfaException TokenCodeRequired(string profile, string whyNot) => Make(
        MfaErrorId.TokenCodeRequired, NotEnabled, profile,
        $"Profile '{profile}' has no usable session and needs an MFA code, but cannot ask for it: {whyNot}.",
        $"Run Get-MfaSessionToken -Profile {PowerShellText.Quote(profile)} in an interactive shell, give -TokenCode, or set mfa_process in "
            + "the profile's configuration.");

    /// <summary>STS refused the code.</summary>
    public static MfaException TokenCodeRejected(string profile, string serial, string awsText) => Make(
        MfaErrorId.TokenCodeRejected, AuthenticationError, profile,
        $"AWS refused the MFA code for profile '{profile}' and device '{serial}': {awsText.Trim()}",
        "Wait for the next code and try again. If it is refused again, check that the device is the one assigned to this user and that its "
            + "clock is right.");

    /// <summary>The guard knows the code.</summary>
    public static MfaException TokenCodeAlreadyUsed(string profile, string serial) => Make(
        MfaErrorId.TokenCodeAlreadyUsed, AuthenticationError, profile,
        $"This MFA code of device '{serial}' was sent less than three minutes ago, and AWS accepts a code once. It was not sent again for "
            + $"profile '{profile}'.",
        "Wait for the device to show the next code and give that one.");

    /// <summary>The profile's mfa_process gave no code.</summary>
    public static MfaException CodeProcessFailed(string profile, string why, Exception? cause = null) => Make(
        MfaErrorId.CodeProcessFailed, InvalidOperation, profile,
        $"The mfa_process of profile '{profile}' gave no MFA code: {why}.",
        "Run the command by itself: it must print the six digits once and exit with 0 within a minute. Or give -TokenCode.", cause);

    /// <summary>The profile's mfa_process asks AWS with the session that it is to give the code for.</summary>
    public static MfaException CodeProcessNeedsItself(string profile) => Make(
        MfaErrorId.CodeProcessFailed, InvalidOperation, profile,
        $"The mfa_process of profile '{profile}' needs a session of the same profile, and there is none before it has given the code.",
        "Let the command get the code without AWS, or with another profile that needs no MFA code: set AWS_PROFILE in it.");

    /// <summary>The duration is outside the range.</summary>
    public static MfaException DurationOutOfRange(string profile, TimeSpan given, TimeSpan least, TimeSpan most) => Make(
        MfaErrorId.DurationOutOfRange, InvalidArgument, profile,
        $"AWS does not grant a session of {Span(given)} for profile '{profile}': it grants {Span(least)} to {Span(most)} "
            + $"({least.TotalSeconds:0} to {most.TotalSeconds:0} seconds).",
        "Give a -Duration in that range, or correct duration_seconds in the profile's configuration.");

    /// <summary>A duration in a file or variable cannot be read.</summary>
    public static MfaException DurationUnreadable(string profile, string text, string where) => Make(
        MfaErrorId.DurationOutOfRange, InvalidArgument, profile,
        $"'{text}' in {where} is not a duration, so profile '{profile}' cannot get a session.",
        $"Write it in {DurationText.Forms}.");

    /// <summary>The profile's duration_seconds cannot be read. Only whole seconds help: the AWS CLI reads the same key.</summary>
    public static MfaException DurationSecondsUnreadable(string profile, string text, string path) => Make(
        MfaErrorId.DurationOutOfRange, InvalidArgument, profile,
        $"'{text}' is not a number of seconds, so duration_seconds in '{path}' cannot be used for profile '{profile}'.{CommentHint(text)}",
        "Write whole seconds (duration_seconds = 43200), or give -Duration.");

    /// <summary>Long-term keys are needed, and nobody can be asked. They are never taken from an argument: other users see those.</summary>
    public static MfaException LongTermCredentialRequired(string profile, string whyNot) => Make(
        MfaErrorId.InputRequired, NotEnabled, profile,
        $"The access key of profile '{profile}' is needed, but cannot be asked for: {whyNot}.",
        "Run it on a terminal, or name the CSV file from the IAM console.");

    /// <summary>A value is needed, and nobody can be asked.</summary>
    public static MfaException InputRequired(string? profile, string what, string whyNot) => Make(
        MfaErrorId.InputRequired, NotEnabled, profile,
        profile is null
            ? $"{what} is needed, but cannot be asked for: {whyNot}."
            : $"{what} is needed for profile '{profile}', but cannot be asked for: {whyNot}.",
        "Give it as a parameter.");

    /// <summary>A change needs a yes, and nobody can be asked.</summary>
    public static MfaException ConsentRequired(string whyNot) => Make(
        MfaErrorId.InputRequired, NotEnabled, null,
        $"Before files are changed you are asked, but cannot be: {whyNot}. Nothing was changed.",
        "Run it on a terminal, or give --yes.");

    private static string WhatInstead(int? digits) => digits switch
    {
        null => ": it has another character",
        0 => ": it is empty",
        1 => ": it has one digit",
        _ => $": it has {digits} digits",
    };

    private static string NoDeviceKnown(string profile, string path, string? remark) =>
        $"No MFA device is known for profile '{profile}': there is no aws_mfa_device in [{profile}-long-term] in '{path}' and no "
            + "mfa_serial in its configuration."
            + (remark is null ? string.Empty : " " + remark);

    private static string HowToStoreDevice(string profile) =>
        $"Store it with: Set-MfaLongTermCredential -Profile {PowerShellText.Quote(profile)} -SerialNumber <device ARN>. The ARN is under "
            + "'Security credentials' in the IAM console.";
}
