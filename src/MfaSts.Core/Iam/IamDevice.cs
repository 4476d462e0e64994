namespace MfaSts.Iam;

/// <summary>An MFA device as IAM lists it (MFADevice).</summary>
public sealed class IamDevice
{
    /// <summary>Whose it is.</summary>
    public required string UserName { get; init; }

    /// <summary>The ARN of a virtual device, passkey or security key; the serial number of a hardware device.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>Since when the user has it, in UTC.</summary>
    public required DateTimeOffset EnableDate { get; init; }

    /// <inheritdoc/>
    public override string ToString() => SerialNumber;
}
