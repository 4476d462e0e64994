using MfaSts.Errors;

namespace MfaSts;

/// <summary>
/// MFA devices as STS names them: the ARN of a virtual device, or the serial number of a hardware one (STS API reference, GetSessionToken).
/// </summary>
public static class DeviceArn
{
    private const int LeastLength = 9;
    private const int MostLength = 256;
    private const string Mfa = "mfa/";

    /// <summary>The account in a device's ARN, or null.</summary>
    public static string? AccountOf(string? serialNumber) =>
        serialNumber?.Split(':') is ["arn", _, "iam", _, { Length: 12 } account, ..] && account.All(char.IsAsciiDigit) ? account : null;

    /// <summary>Checks a device before it is stored or sent.</summary>
    /// <exception cref="MfaException">SerialNumberInvalid; for a user's ARN it names the likely device.</exception>
    public static string Require(string profile, string serialNumber)
    {
        if (serialNumber.Length is < LeastLength or > MostLength
            || !serialNumber.All(IsLegal))
        {
            throw MfaErrors.SerialNumberInvalid(
                profile, serialNumber, "it is not 9 to 256 letters, digits and the characters _ + = / : , . @ -");
        }

        return WhyNot(serialNumber) is { } why ? throw MfaErrors.SerialNumberInvalid(profile, serialNumber, why) : serialNumber;
    }

    /// <summary>What <see cref="Require"/> takes.</summary>
    internal static bool IsDevice(string serialNumber) =>
        serialNumber.Length is >= LeastLength and <= MostLength && serialNumber.All(IsLegal) && WhyNot(serialNumber) is null;

    /// <summary>
    /// The kind of device, as far as its serial number tells. What is an ARN of no kind that gives codes counts as a security key.
    /// </summary>
    internal static MfaDeviceType TypeOf(string serialNumber) =>
        !IsArn(serialNumber) ? MfaDeviceType.Hardware
        : WhyNot(serialNumber) is null ? MfaDeviceType.Virtual
        : MfaDeviceType.SecurityKey;

    /// <summary>What a person calls the device.</summary>
    internal static string NameOf(string serialNumber) => IsArn(serialNumber) ? LastPart(serialNumber) : serialNumber;

    // A user's device often has the user's name, whatever the user's path; the owner's always has this one (IAM user guide, "Enable a
    // virtual MFA device for the root user").
    private static string? WhyNot(string serialNumber) => !IsArn(serialNumber) ? null : serialNumber.Split(':', 6) switch
    {
        [_, _, "iam", _, _, var device] when device.StartsWith(Mfa, StringComparison.Ordinal) && device.Length > Mfa.Length => null,
        [_, var partition, "iam", _, var account, var user] when user.StartsWith("user/", StringComparison.Ordinal) =>
            $"it is the ARN of a user, whose device is often 'arn:{partition}:iam::{account}:{Mfa}{LastPart(user)}'",
        [_, var partition, "iam", _, var account, "root"] =>
            $"it is the ARN of the account's owner, whose device is often 'arn:{partition}:iam::{account}:{Mfa}root-account-mfa-device'",
        [_, _, "iam", _, _, var key] when key.StartsWith("u2f/", StringComparison.Ordinal) =>
            "a passkey or security key cannot give a code",
        [_, _, "sts", _, _, var session] when session.StartsWith("assumed-role/", StringComparison.Ordinal) =>
            "it is the ARN of a role's session; the MFA device is that of the user who takes the role",
        _ => "it is not the ARN of an MFA device",
    };

    private static bool IsLegal(char c) => char.IsAsciiLetterOrDigit(c) || "_+=/:,.@-".Contains(c, StringComparison.Ordinal);

    private static bool IsArn(string serialNumber) => serialNumber.StartsWith("arn:", StringComparison.Ordinal);

    private static string LastPart(string arn) => arn[(arn.LastIndexOfAny(['/', ':']) + 1)..];
}
