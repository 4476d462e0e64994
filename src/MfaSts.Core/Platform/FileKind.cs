namespace MfaSts.Platform;

/// <summary>What has a file's name.</summary>
internal enum FileKind
{
    /// <summary>A regular file.</summary>
    File,

    /// <summary>A device that is read as nothing, such as /dev/null and NUL.</summary>
    CharacterDevice,

    /// <summary>A folder, a pipe, a socket.</summary>
    Other,
}
