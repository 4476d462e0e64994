using MfaSts.Errors;

namespace MfaSts;

/// <summary>MFA devices as STS names them: the ARN of a virtual device, or the serial number of a hardware one (STS API reference, GetSessionToken).</summary>
public static class DeviceArn
{
    private const int LeastLength = 9;
    private const int MostLength = 256;

    /// <summary>The account in a device's ARN, or null.</summary>
    public static string? AccountOf(string? serialNumber) =>
        serialNumber?.Split(':') is ["arn", _, "iam", _, { Length: 12 } account, ..] && account.All(char.IsAsciiDigit) ? account : null;

    /// <summary>Checks a device before it is stored or sent.</summary>
    /// <exception cref="MfaException">SerialNumberInvalid; for a user's ARN it names the likely device.</exception>
    public static string Require(string profile, string serialNumber)
    {
        if (serialNumber.Length is < LeastLength or > MostLength
            || !serialNumber.All(c => char.IsAsciiLetterOrDigit(c) || "_+=/:,.@-".Contains(c, StringComparison.Ordinal)))
        {
            throw MfaErrors.SerialNumberInvalid(profile, serialNumber, "it is not 9 to 256 letters, digits and the characters _ + = / : , . @ -");
        }

        if (!serialNumber.StartsWith("arn:", StringComparison.Ordinal))
        {
            return serialNumber;
        }

        string resource = serialNumber.Split(':', 6) is [_, _, _, _, _, var last] ? last : string.Empty;
        if (resource.StartsWith("mfa/", StringComparison.Ordinal))
        {
            return serialNumber;
        }

        throw MfaErrors.SerialNumberInvalid(profile, serialNumber, resource switch
        {
            _ when resource.StartsWith("user/", StringComparison.Ordinal) =>
                $"it is the ARN of a user; his device is often '{serialNumber.Replace(":user/", ":mfa/", StringComparison.Ordinal)}'",
            _ when resource.StartsWith("u2f/", StringComparison.Ordinal) => "a passkey or security key cannot give a code",
            _ => "it is not the ARN of an MFA device",
        });
    }
}
