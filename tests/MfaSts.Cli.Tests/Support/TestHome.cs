using System.Globalization;
using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.Cli.Tests.Support;

/// <summary>A home folder of a test's own, with the two AWS files.</summary>
internal sealed class TestHome : IDisposable
{
    internal const string Device = "arn:aws:iam::123456789012:mfa/alice";
    internal const string LongTermSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    internal const string SessionSecret = "stored-secret+/x";
    internal const string SessionToken = "stored-token+/=";

    internal TestHome() => Directory.CreateDirectory(Path.GetDirectoryName(CredentialsPath)!);

    internal string Root { get; } = Directory.CreateTempSubdirectory("mfasts-cli-").FullName;

    internal string CredentialsPath => At(".aws", "credentials");

    internal string ConfigPath => At(".aws", "config");

    internal string LockFolder => At(".aws", ".mfasts");

    internal Dictionary<string, string> Variables { get; } = [];

    internal string Credentials
    {
        get => File.ReadAllText(CredentialsPath);
        set => Write(CredentialsPath, value);
    }

    internal string Config
    {
        get => File.ReadAllText(ConfigPath);
        set => Write(ConfigPath, value);
    }

    internal EnvironmentVariables Environment => new(name => name == "HOME" ? Root : Variables.GetValueOrDefault(name));

    internal AwsFiles Files => AwsFiles.Locate(Environment, Root);

    public void Dispose()
    {
        for (int tries = 100; ; tries--)
        {
            try
            {
                Directory.Delete(Root, recursive: true);
                return;
            }
            catch (IOException) when (tries > 0)
            {
                // A process that a test has left behind writes in it for a moment more.
                Thread.Sleep(50);
            }
        }
    }

    internal string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Keys in the layout that MfaSts writes.</summary>
    internal static string LongTerm(string profile, string keyId = "AKIAIOSFODNN7EXAMPLE", string secret = LongTermSecret) =>
        $"[{profile}-long-term]\naws_access_key_id = {keyId}\naws_secret_access_key = {secret}\naws_mfa_device = {Device}\n";

    /// <summary>A session as MfaSts writes it.</summary>
    internal static string Session(string section, DateTimeOffset expiration, string keyId = "ASIASTORED0000000001") =>
        $"[{section}]\naws_access_key_id = {keyId}\naws_secret_access_key = {SessionSecret}\naws_session_token = {SessionToken}\n"
        + $"expiration = {Text(expiration)}\nmanager = mfasts\n";

    internal static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The files below the home folder with what is in them.</summary>
    internal Dictionary<string, string> Snapshot() => Directory.EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories)
        .ToDictionary(path => path, path => File.Exists(path) ? $"{File.GetLastWriteTimeUtc(path):O} {File.ReadAllText(path)}" : "folder");

    private static void Write(string path, string text)
    {
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        // Not mistaken for a file that is being written just now.
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-5));
    }
}
