namespace MfaSts.Errors;

/// <summary>
/// The kind of an error. Each name is also one of System.Management.Automation.ErrorCategory, which Core does not reference.
/// </summary>
public enum MfaErrorCategory
{
    /// <summary>A thing that was named is not there.</summary>
    ObjectNotFound,

    /// <summary>A value given by the user cannot be used.</summary>
    InvalidArgument,

    /// <summary>What was asked for needs something that is switched off here, such as a prompt.</summary>
    NotEnabled,

    /// <summary>Keys or code were refused.</summary>
    AuthenticationError,

    /// <summary>The caller is known but may not.</summary>
    PermissionDenied,

    /// <summary>The state does not allow it.</summary>
    InvalidOperation,

    /// <summary>No connection.</summary>
    ConnectionError,

    /// <summary>A limit is reached.</summary>
    LimitsExceeded,

    /// <summary>The other side did not keep to the protocol.</summary>
    ProtocolError,

    /// <summary>Someone else has it.</summary>
    ResourceBusy,

    /// <summary>A file's content cannot be understood.</summary>
    InvalidData,

    /// <summary>Writing failed.</summary>
    WriteError,
}
