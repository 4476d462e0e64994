namespace MfaSts;

/// <summary>A profile's long-term access key as it is shown: everything but the secret.</summary>
public sealed class MfaLongTermCredential
{
    /// <summary>The profile.</summary>
    public required string Profile { get; init; }

    /// <summary>The access key ID; empty when only the profile's key_process knows it.</summary>
    public required string AccessKeyId { get; init; }

    /// <summary>
    /// The MFA device (ARN, or a hardware device's serial number) that a session is asked with, or null when none is known.
    /// </summary>
    public string? SerialNumber { get; init; }

    /// <summary>The account, when the device's ARN tells it.</summary>
    public string? AccountId => DeviceArn.AccountOf(SerialNumber);

    /// <summary>The profile's configured region, or null.</summary>
    public string? Region { get; init; }

    /// <summary>Where the secret access key is kept: <c>File</c>, <c>System</c>, <c>Vault:name</c> or <c>key_process</c>.</summary>
    public required string Store { get; init; }

    /// <summary>The section that holds the keys.</summary>
    public required string Section { get; init; }

    /// <summary>The file that holds the keys.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// A session is got with these keys. False for those of another layout of the same profile, which come into use only when the others
    /// are removed.
    /// </summary>
    public required bool IsInUse { get; init; }

    /// <summary>The profile and key ID.</summary>
    public override string ToString() => $"{Profile} ({AccessKeyId})";
}
