namespace MfaSts.PowerShell.Hosting;

/// <summary>What this pwsh was started with. PowerShell tells nobody that it is not interactive: a prompt only fails when it is tried.</summary>
internal static class CommandLine
{
    private const string NonInteractive = "noninteractive";
    private const int ShortestPrefix = 4;

    // Behind these the words are the user's own.
    private static readonly string[] EndsOptions = ["c", "command", "f", "file", "e", "ec", "encodedcommand", "cwa", "commandwithargs"];

    public static bool IsNonInteractive { get; } = HasNonInteractive(Environment.GetCommandLineArgs());

    internal static bool HasNonInteractive(IEnumerable<string> arguments)
    {
        foreach (string argument in arguments.Skip(1))
        {
            string name = argument.TrimStart('-', '/').ToLowerInvariant();
            if (name.Length == argument.Length)
            {
                continue;
            }

            if (name.Length >= ShortestPrefix && NonInteractive.StartsWith(name, StringComparison.Ordinal))
            {
                return true;
            }

            if (EndsOptions.Contains(name))
            {
                return false;
            }
        }

        return false;
    }
}
