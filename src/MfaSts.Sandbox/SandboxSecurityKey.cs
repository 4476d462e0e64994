namespace MfaSts.Sandbox;

/// <summary>A passkey or security key of a user: it is listed with the user's MFA devices, and gives no codes.</summary>
public sealed class SandboxSecurityKey
{
    internal SandboxSecurityKey(string serialNumber, DateTimeOffset enabledAt)
    {
        SerialNumber = serialNumber;
        EnabledAt = enabledAt;
    }

    /// <summary>The ARN.</summary>
    public string SerialNumber { get; }

    /// <summary>Since when the user has it.</summary>
    public DateTimeOffset EnabledAt { get; }

    /// <summary>The ARN.</summary>
    public override string ToString() => SerialNumber;
}
