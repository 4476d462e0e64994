namespace MfaSts.Files;

/// <summary>What became of the try to lock a file.</summary>
internal enum LockResult
{
    /// <summary>It is locked.</summary>
    Taken,

    /// <summary>Somebody else holds it.</summary>
    Held,

    /// <summary>The file system knows no such lock.</summary>
    Unknown,
}
