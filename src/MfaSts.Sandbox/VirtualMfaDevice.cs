using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MfaSts.Sandbox;

/// <summary>A virtual MFA device: the sandbox's stand-in for the app on a phone, and the server's memory of spent codes.</summary>
public sealed class VirtualMfaDevice
{
    private readonly Lock _gate = new();
    private readonly HashSet<long> _spentWindows = [];
    private readonly byte[] _seed;

    internal VirtualMfaDevice(string serialNumber, string seed, DateTimeOffset enabledAt)
    {
        SerialNumber = serialNumber;
        Seed = seed;
        EnabledAt = enabledAt;
        _seed = Base32.Decode(seed);
    }

    /// <summary>The device's ARN, or a hardware device's serial number.</summary>
    public string SerialNumber { get; }

    /// <summary>The seed in base32, as an authenticator app takes it.</summary>
    public string Seed { get; }

    /// <summary>Since when the user has it.</summary>
    public DateTimeOffset EnabledAt { get; }

    /// <summary>
    /// By how many codes the device may be early or late. A test whose code has a long way on a busy machine allows more than the usual one.
    /// </summary>
    public int AcceptedDrift { get; set; } = 1;

    /// <summary>The code that the device shows at a moment.</summary>
    public string CodeAt(DateTimeOffset time) => Totp.Code(_seed, Totp.WindowAt(time));

    /// <summary>How long the code of a moment still shows.</summary>
    public static TimeSpan RemainingAt(DateTimeOffset time) => Totp.EndOf(Totp.WindowAt(time)) - time;

    /// <summary>The ARN; never the seed.</summary>
    public override string ToString() => SerialNumber;

    /// <summary>Checks a code and spends it.</summary>
    /// <remarks>Uncertain: how far AWS lets a device's clock drift. One window either way is what RFC 6238 recommends.</remarks>
    internal bool Accept(string code, DateTimeOffset now)
    {
        long current = Totp.WindowAt(now);
        lock (_gate)
        {
            for (long window = current - AcceptedDrift; window <= current + AcceptedDrift; window++)
            {
                if (Same(code, Totp.Code(_seed, window)) && _spentWindows.Add(window))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Same(string a, string b) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(a.AsSpan()), MemoryMarshal.AsBytes(b.AsSpan()));
}
