namespace MfaSts.PowerShell.Hosting;

/// <summary>
/// What this pwsh was started with. PowerShell tells nobody that it is not interactive: a prompt only fails when it is tried.
/// </summary>
internal static class CommandLine
{
    // Options may be shortened, down to so many letters. Behind the first kind the words are the user's own; behind the second stands a
    // value.
    private static readonly (string Name, int Shortest)[] EndsOptions =
        [("command", 1), ("commandwithargs", 15), ("cwa", 3), ("file", 1), ("encodedcommand", 1), ("ec", 2)];

    private static readonly (string Name, int Shortest)[] TakesValue =
    [
        ("configurationname", 6), ("configurationfile", 17), ("custompipename", 3), ("encodedarguments", 8), ("ea", 2),
        ("executionpolicy", 2), ("ep", 2), ("inputformat", 3), ("if", 2), ("outputformat", 1), ("of", 2), ("settingsfile", 8),
        ("windowstyle", 1), ("workingdirectory", 2), ("wd", 2),
    ];

    private static readonly (string Name, int Shortest)[] NonInteractive = [("noninteractive", 4)];

    public static bool IsNonInteractive { get; } = HasNonInteractive(Environment.GetCommandLineArgs());

    internal static bool HasNonInteractive(IEnumerable<string> arguments)
    {
        using var words = arguments.Skip(1).GetEnumerator();
        while (words.MoveNext())
        {
            string name = words.Current.TrimStart('-', '/').ToLowerInvariant();
            if (IsOneOf(NonInteractive, name))
            {
                return name.Length < words.Current.Length;
            }

            // A word that is no option is the script's file.
            if (name.Length == words.Current.Length || IsOneOf(EndsOptions, name))
            {
                return false;
            }

            if (IsOneOf(TakesValue, name))
            {
                words.MoveNext();
            }
        }

        return false;
    }

    private static bool IsOneOf((string Name, int Shortest)[] options, string name) =>
        Array.Exists(options, option => name.Length >= option.Shortest && option.Name.StartsWith(name, StringComparison.Ordinal));
}
