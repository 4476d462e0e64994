namespace MfaSts.Platform;

/// <summary>What may stand in the line of a credential_process, which some SDKs give to the system's shell.</summary>
/// <param name="Refused">Characters that no quoting makes safe.</param>
/// <param name="Bare">Punctuation that needs no quotes.</param>
/// <param name="IsBareLetter">Letters and digits that need none.</param>
internal sealed record CommandCharacters(string Refused, string Bare, Func<char, bool> IsBareLetter)
{
    /// <summary>Inside double quotes sh expands <c>$</c>, backtick and backslash only.</summary>
    public static CommandCharacters OfUnix { get; } = new("\"\\$`", "_.-+@/:", char.IsAsciiLetterOrDigit);

    /// <summary>
    /// cmd.exe keeps quotes only while there are two and none of its own characters between them. A path in quotes is one that the SDK
    /// for Go cannot run there; <c>~</c> is in the short names that spare it them.
    /// </summary>
    public static CommandCharacters OfWindows { get; } = new("\"%!^&<>()@|`$", "_.-+~/:\\", char.IsLetterOrDigit);

    /// <summary>The word needs no quotes.</summary>
    public bool IsBare(string word) => word.All(c => IsBareLetter(c) || Bare.Contains(c, StringComparison.Ordinal));
}
