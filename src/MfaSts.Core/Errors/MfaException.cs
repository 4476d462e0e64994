namespace MfaSts.Errors;

/// <summary>
/// The only exception that leaves Core and the AWS gateway for a foreseeable failure. <see cref="MfaErrors"/> makes its content.
/// </summary>
public sealed class MfaException : Exception
{
    /// <summary>Wraps a catalogued error.</summary>
    /// <param name="error">The error.</param>
    /// <param name="cause">The system's exception behind it. Never one of the AWS SDK's: those keep the request, and with it the
    /// keys.</param>
    public MfaException(MfaError error, Exception? cause = null)
        : base(error?.Message, cause)
    {
        ArgumentNullException.ThrowIfNull(error);
        Error = error;
    }

    /// <summary>The catalogued error.</summary>
    public MfaError Error { get; }

    /// <summary>True when it is certain that not one byte of the request left this machine, so that an MFA code in it is unspent.</summary>
    public bool NothingWasSent { get; init; }
}
