using OtpNet;

namespace MfaSts.Sandbox;

/// <summary>A virtual MFA device: the sandbox's stand-in for the app on a phone, and the server's memory of spent codes.</summary>
/// <remarks>Its codes are AWS's: RFC 6238 with SHA-1, six digits, 30 seconds.</remarks>
public sealed class VirtualMfaDevice
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly HashSet<long> _spentWindows = [];
    private readonly Totp _totp;

    internal VirtualMfaDevice(string serialNumber, string seed, DateTimeOffset enabledAt)
    {
        SerialNumber = serialNumber;
        Seed = seed;
        EnabledAt = enabledAt;
        _totp = new Totp(Base32Encoding.ToBytes(seed));
    }

    /// <summary>The device's ARN, or a hardware device's serial number.</summary>
    public string SerialNumber { get; }

    /// <summary>The seed in base32, as an authenticator app takes it.</summary>
    public string Seed { get; }

    /// <summary>Since when the user has it.</summary>
    public DateTimeOffset EnabledAt { get; }

    /// <summary>
    /// By how many codes the device may be early or late. A test whose code has a long way on a busy machine allows more than the
    /// usual one.
    /// </summary>
    public int AcceptedDrift { get; set; } = 1;

    /// <summary>The code that the device shows at a moment.</summary>
    public string CodeAt(DateTimeOffset time) => _totp.ComputeTotp(time.UtcDateTime);

    /// <summary>How long the code of a moment still shows.</summary>
    public static TimeSpan RemainingAt(DateTimeOffset time) => Period - TimeSpan.FromTicks(time.UtcTicks % Period.Ticks);

    /// <summary>The ARN; never the seed.</summary>
    public override string ToString() => SerialNumber;

    /// <summary>Checks a code and spends it.</summary>
    /// <remarks>Uncertain: how far AWS lets a device's clock drift. One window either way is what RFC 6238 recommends.</remarks>
    internal bool Accept(string code, DateTimeOffset now)
    {
        var drift = new VerificationWindow(AcceptedDrift, AcceptedDrift);
        bool isRight = _totp.VerifyTotp(now.UtcDateTime, code, out long window, drift);
        lock (_gate)
        {
            return isRight && _spentWindows.Add(window);
        }
    }
}
