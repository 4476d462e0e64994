namespace MfaSts.Platform;

/// <summary>What a failure of the file system means, whatever its number.</summary>
internal enum FailureKind
{
    /// <summary>None of the others.</summary>
    Other,

    /// <summary>It is a matter of rights, so that another way of writing may work.</summary>
    Rights,

    /// <summary>The disk or the quota is full.</summary>
    Full,

    /// <summary>A file of this name is there already.</summary>
    Exists,

    /// <summary>Another program has the file open and shares it with nobody. For Windows.</summary>
    InUse,
}
