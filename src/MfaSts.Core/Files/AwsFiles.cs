using MfaSts.Profiles;

namespace MfaSts.Files;

/// <summary>Where the two AWS files are (AWS SDKs and Tools reference guide, "Location of the shared config and credentials files").</summary>
public sealed class AwsFiles
{
    /// <summary>Names the two files by their full paths.</summary>
    public AwsFiles(string credentialsPath, string configPath)
    {
        Credentials = new SharedFile(credentialsPath);
        Config = new SharedFile(configPath);
    }

    /// <summary>The shared credentials file.</summary>
    public SharedFile Credentials { get; }

    /// <summary>The shared config file.</summary>
    public SharedFile Config { get; }

    /// <summary>AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE, else <c>.aws</c> in the home folder.</summary>
    /// <param name="variables">The environment.</param>
    /// <param name="currentFolder">What a relative path in a variable is relative to. Never the process's own current folder: PowerShell's is another.</param>
    public static AwsFiles Locate(EnvironmentVariables variables, string currentFolder)
    {
        string home = variables["HOME"] ?? variables["USERPROFILE"] ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string Place(string variable, string name) => variables[variable] is { } path
            ? Path.GetFullPath(ExpandHome(path, home), currentFolder)
            : Path.Combine(Path.GetFullPath(home, currentFolder), ".aws", name);

        return new AwsFiles(Place("AWS_SHARED_CREDENTIALS_FILE", "credentials"), Place("AWS_CONFIG_FILE", "config"));
    }

    /// <summary>What a user should know about the content of both files: each a sentence about a tool that reads it otherwise.</summary>
    public IEnumerable<string> Warnings() =>
    [
        .. Credentials.Warnings(), .. Credentials.Describe(SectionNameRemarks.InCredentials),
        .. Config.Warnings(), .. Config.Describe(SectionNameRemarks.InConfig),
    ];

    private static string ExpandHome(string path, string home)
    {
        bool isInHome = path == "~" || path.StartsWith("~/", StringComparison.Ordinal)
            || (OperatingSystem.IsWindows() && path.StartsWith("~\\", StringComparison.Ordinal));
        return isInHome ? home + path[1..] : path;
    }
}
