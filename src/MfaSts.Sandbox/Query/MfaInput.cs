namespace MfaSts.Sandbox.Query;

/// <summary>The device and the code that a call proves MFA with, or neither.</summary>
internal sealed class MfaInput
{
    internal MfaInput(InputCheck check)
    {
        SerialNumber = check.Text("SerialNumber", 9, 256, @"[\w+=/:,.@-]*");
        // Uncertain: AWS's words for a malformed code; these follow its published constraints.
        TokenCode = check.Text("TokenCode", 6, 6, @"[\d]*");
    }

    private string? SerialNumber { get; }

    private string? TokenCode { get; }

    /// <summary>Checks the code and spends it.</summary>
    /// <returns>False when the call has none.</returns>
    /// <exception cref="Refusal">The device is not the caller's, or the code is wrong or spent.</exception>
    internal bool Spend(QueryCall call)
    {
        if (SerialNumber is null && TokenCode is null)
        {
            return false;
        }

        if (SerialNumber is null || TokenCode is null)
        {
            throw Refusals.SerialAndCodeBelongTogether();
        }

        // A role has no devices.
        var device = call.Principal.User?.MfaDevices.FirstOrDefault(d => d.SerialNumber == SerialNumber) ?? throw Refusals.DeviceRejected();
        return device.Accept(TokenCode, call.Now) ? true : throw Refusals.CodeRejected();
    }
}
