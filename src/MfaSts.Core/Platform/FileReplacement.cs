using MfaSts.Files;

namespace MfaSts.Platform;

/// <summary>One replacing of a file: what it has that a rename would drop, and the rename.</summary>
internal abstract class FileReplacement
{
    /// <summary>Whether the file can be replaced by a rename at all.</summary>
    /// <returns>Null when it can; else what became of it.</returns>
    /// <exception cref="IOException">It is no file, or cannot be looked at.</exception>
    public abstract ReplaceResult? Refuse();

    /// <summary>
    /// Makes the temporary file, never more open than the file it will replace, and gives it that file's owner and rights.
    /// </summary>
    /// <returns>Null when it cannot have them.</returns>
    public abstract FileStream? CreateTemporary(string temporary);

    /// <summary>
    /// Puts the temporary file in the old one's place, after a last look whether the bytes there are still those that were read.
    /// </summary>
    public abstract ReplaceResult Rename(string temporary);
}
