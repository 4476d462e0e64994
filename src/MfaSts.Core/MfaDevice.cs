namespace MfaSts;

/// <summary>An MFA device of the user whose keys a profile has, as IAM lists it. There is no secret in it.</summary>
public sealed class MfaDevice
{
    /// <summary>The profile whose long-term keys were asked with.</summary>
    public required string Profile { get; init; }

    /// <summary>Whose it is.</summary>
    public required string UserName { get; init; }

    /// <summary>The ARN, or a hardware device's serial number: what <c>-SerialNumber</c> takes.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>The last part of the ARN; of a hardware device the serial number.</summary>
    public string Name => DeviceArn.NameOf(SerialNumber);

    /// <summary>The kind.</summary>
    public MfaDeviceType Type => DeviceArn.TypeOf(SerialNumber);

    /// <summary>Since when the user has it, in UTC.</summary>
    public required DateTimeOffset EnableDate { get; init; }

    /// <summary>It shows six-digit codes, which STS needs. Passkeys and security keys do not.</summary>
    public bool CanGiveCode => Type != MfaDeviceType.SecurityKey;

    /// <summary>It is the device that is known for the profile, stored or configured.</summary>
    public required bool IsStored { get; init; }

    /// <summary>The name and serial number.</summary>
    public override string ToString() => Name == SerialNumber ? SerialNumber : $"{Name} ({SerialNumber})";
}
