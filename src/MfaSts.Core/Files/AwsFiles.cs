using MfaSts.Platform;
using MfaSts.Profiles;
using MfaSts.Sessions;

namespace MfaSts.Files;

/// <summary>
/// Where the two AWS files are (AWS SDKs and Tools reference guide, "Location of the shared config and credentials files").
/// </summary>
public sealed class AwsFiles
{
    /// <summary>Names the files by their full paths.</summary>
    /// <param name="credentialsPath">The shared credentials file.</param>
    /// <param name="configPath">The shared config file.</param>
    /// <param name="stscredsPath">The credentials file of stscreds.</param>
    public AwsFiles(string credentialsPath, string configPath, string stscredsPath)
        : this(
            credentialsPath,
            configPath,
            stscredsPath,
            new UserPaths(new EnvironmentVariables(_ => null), "~", Path.GetDirectoryName(configPath)!),
            otherCredentialsPath: null,
            new UnstoredSessions())
    {
    }

    private AwsFiles(
        string credentialsPath,
        string configPath,
        string stscredsPath,
        UserPaths paths,
        string? otherCredentialsPath,
        UnstoredSessions unstored)
    {
        Paths = paths;
        OtherCredentialsPath = otherCredentialsPath;
        Credentials = new SharedFile(credentialsPath) { Unstored = unstored };
        Config = new SharedFile(configPath);
        NoMfa = new SharedFile(credentialsPath + ".no-mfa");
        Stscreds = new SharedFile(stscredsPath);
    }

    /// <summary>How paths in settings and variables are read.</summary>
    internal UserPaths Paths { get; }

    /// <summary>
    /// The credentials file in Windows's other home folder, which some AWS tools take instead; null when there is none, or the user has
    /// named the one that counts.
    /// </summary>
    internal string? OtherCredentialsPath { get; }

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
    /// <param name="currentFolder">What a relative path in a variable is relative to. Never the process's own current folder: PowerShell's
    /// is another.</param>
    /// <param name="unstored">Sessions of this process that could not be written; none when it is left out.</param>
    public static AwsFiles Locate(EnvironmentVariables variables, string currentFolder, UnstoredSessions? unstored = null)
    {
        bool IsFile(string path) => File.Exists(Path.GetFullPath(path, currentFolder));
        var credentialsHome = HomeFolder.Find(variables, ThisSystem.Platform.HasTwoHomes, "credentials", IsFile);
        var configHome = HomeFolder.Find(variables, ThisSystem.Platform.HasTwoHomes, "config", IsFile);
        string home = Path.GetFullPath(credentialsHome.Path, currentFolder);
        var paths = new UserPaths(variables, home, currentFolder);
        string Place(string variable, HomeFolder folder, string name) => variables[variable] is { } path
            ? paths.Resolve(path)
            : Path.Combine(Path.GetFullPath(folder.Path, currentFolder), ".aws", name);

        const string credentials = "AWS_SHARED_CREDENTIALS_FILE";
        string credentialsPath = Place(credentials, credentialsHome, "credentials");
        string? otherPath = credentialsHome.Other is { } other && variables[credentials] is null
            ? Path.Combine(other, ".aws", "credentials")
            : null;
        return new AwsFiles(
            credentialsPath, Place("AWS_CONFIG_FILE", configHome, "config"), Path.Combine(
                home, ".stscreds", "credentials"), paths, otherPath, unstored ?? new UnstoredSessions());
    }
}
