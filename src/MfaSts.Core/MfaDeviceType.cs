namespace MfaSts;

/// <summary>What kind an MFA device is, as far as its serial number tells.</summary>
public enum MfaDeviceType
{
    /// <summary>An authenticator app (the ARN's resource is <c>mfa/</c>).</summary>
    Virtual,

    /// <summary>A token with a display (no ARN but a printed serial number).</summary>
    Hardware,

    /// <summary>
    /// A passkey or security key (FIDO; the ARN's resource is <c>u2f/</c>). It gives no codes, so STS cannot be asked with it.
    /// </summary>
    SecurityKey,
}
