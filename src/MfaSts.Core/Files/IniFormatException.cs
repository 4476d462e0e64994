namespace MfaSts.Files;

/// <summary>The bytes are not a well-formed AWS file, or an edit would have to touch what must not be touched.</summary>
/// <param name="line">The line, counted from 1, or null when it is about the whole file.</param>
/// <param name="reason">What is wrong, as the second half of a sentence.</param>
internal sealed class IniFormatException(int? line, string reason) : Exception(reason)
{
    public int? Line { get; } = line;
}
