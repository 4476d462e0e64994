namespace MfaSts.Platform.Windows;

/// <summary>
/// A path that every SDK runs as it stands in credential_process: without blanks and without what cmd.exe reads. In quotes, the SDK for Go
/// cannot run it: it gives cmd.exe the whole line as one argument.
/// </summary>
internal static class RunnablePath
{
    /// <summary>The path itself or its short (8.3) one.</summary>
    /// <param name="path">A folder that is there.</param>
    /// <returns>Null when neither can be run.</returns>
    public static string? Of(string path) => Of(path, ShortPathOf);

    /// <summary>The same, with a file system of a test's own.</summary>
    internal static string? Of(string path, Func<string, string?> shortPathOf) =>
        CommandCharacters.OfWindows.IsBare(path) ? path
        : shortPathOf(path) is { } name && CommandCharacters.OfWindows.IsBare(name) ? name
        : null;

    // Where a volume has no short names, the call gives the long one back.
    private static unsafe string? ShortPathOf(string path)
    {
        const int most = 1024;
        char* buffer = stackalloc char[most];
        uint length = Kernel32.GetShortPath(path, buffer, most);
        return length is > 0 and < most ? new string(buffer, 0, (int)length) : null;
    }
}
