using MfaSts.Errors;
using MfaSts.Profiles;

namespace MfaSts.Files;

/// <summary>Where the two AWS files are (AWS SDKs and Tools reference guide, "Location of the shared config and credentials files").</summary>
public sealed class AwsFiles
{
    /// <summary>Names the files by their full paths.</summary>
    /// <param name="credentialsPath">The shared credentials file.</param>
    /// <param name="configPath">The shared config file.</param>
    /// <param name="stscredsPath">The credentials file of stscreds.</param>
    public AwsFiles(string credentialsPath, string configPath, string stscredsPath)
    {
        Credentials = new SharedFile(credentialsPath);
        Config = new SharedFile(configPath);
        NoMfa = new SharedFile(credentialsPath + ".no-mfa");
        Stscreds = new SharedFile(stscredsPath);
    }

    /// <summary>The shared credentials file.</summary>
    public SharedFile Credentials { get; }

    /// <summary>The shared config file.</summary>
    public SharedFile Config { get; }

    /// <summary>Where AWS-recipes kept long-term keys until 2015: <c>credentials.no-mfa</c> beside the credentials file.</summary>
    public SharedFile NoMfa { get; }

    /// <summary>Where stscreds keeps long-term keys: <c>~/.stscreds/credentials</c>.</summary>
    public SharedFile Stscreds { get; }

    /// <summary>AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE, else <c>.aws</c> in the home folder.</summary>
    /// <param name="variables">The environment.</param>
    /// <param name="currentFolder">What a relative path in a variable is relative to. Never the process's own current folder: PowerShell's is another.</param>
    public static AwsFiles Locate(EnvironmentVariables variables, string currentFolder)
    {
        string home = variables["HOME"] ?? variables["USERPROFILE"] ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string Place(string variable, string name) => variables[variable] is { } path
            ? Path.GetFullPath(ExpandHome(path, home), currentFolder)
            : Path.Combine(Path.GetFullPath(home, currentFolder), ".aws", name);

        return new AwsFiles(
            Place("AWS_SHARED_CREDENTIALS_FILE", "credentials"),
            Place("AWS_CONFIG_FILE", "config"),
            Path.Combine(Path.GetFullPath(home, currentFolder), ".stscreds", "credentials"));
    }

    /// <summary>What a user should know whose keys go into the credentials file: that others can read it, then <see cref="Warnings"/>.</summary>
    public IEnumerable<string> WarningsToKeeper() =>
        [.. Credentials.IsOpenToOthers ? (string[])[MfaErrors.OpenToOthers(Credentials.Path)] : [], .. Warnings()];

    /// <summary>What a user should know about the content of both files: each a sentence about a tool that reads it otherwise.</summary>
    public IEnumerable<string> Warnings() =>
    [
        .. Credentials.Warnings(), .. Credentials.Describe(SectionNameRemarks.InCredentials),
        .. Config.Warnings(), .. Config.Describe(SectionNameRemarks.InConfig),
        .. Unreadable(NoMfa), .. Unreadable(Stscreds),
    ];

    // Nobody who keeps keys elsewhere should be stopped by it.
    private static IEnumerable<string> Unreadable(SharedFile older)
    {
        try
        {
            older.Read();
            return [];
        }
        catch (MfaException e)
        {
            return [$"{e.Message} Long-term keys in it are not found."];
        }
    }

    private static string ExpandHome(string path, string home)
    {
        bool isInHome = path == "~" || path.StartsWith("~/", StringComparison.Ordinal)
            || (OperatingSystem.IsWindows() && path.StartsWith("~\\", StringComparison.Ordinal));
        return isInHome ? home + path[1..] : path;
    }
}
