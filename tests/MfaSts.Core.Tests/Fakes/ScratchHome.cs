using System.Text;
using MfaSts.Credentials;
using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.Tests.Fakes;

/// <summary>A home folder of a test's own, with the two AWS files and an environment.</summary>
public sealed class ScratchHome : IDisposable
{
    public const string Device = "arn:aws:iam::123456789012:mfa/alice";
    public const string KeyId = "AKIAIOSFODNN7EXAMPLE";
    public const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    public ScratchHome()
    {
        Root = Directory.CreateTempSubdirectory("mfasts-test-").FullName;
        Files = new AwsFiles(CredentialsPath, ConfigPath, StscredsPath);
        Environment = new EnvironmentVariables(Variables.GetValueOrDefault);
    }

    public string Root { get; }

    public string AwsFolder => Path.Combine(Root, ".aws");

    public string CredentialsPath => Path.Combine(AwsFolder, "credentials");

    public string ConfigPath => Path.Combine(AwsFolder, "config");

    public string NoMfaPath => CredentialsPath + ".no-mfa";

    public string StscredsPath => At(".stscreds", "credentials");

    public AwsFiles Files { get; }

    public Dictionary<string, string> Variables { get; } = [];

    public EnvironmentVariables Environment { get; }

    public LongTermCredentialStore LongTerm => new(Files);

    public string Credentials
    {
        get => File.ReadAllText(CredentialsPath);
        set => Write(CredentialsPath, value);
    }

    public string Config
    {
        get => File.ReadAllText(ConfigPath);
        set => Write(ConfigPath, value);
    }

    /// <summary>Keys in the layout that MfaSts writes.</summary>
    public static string LongTermSection(string profile) =>
        $"[{profile}-long-term]\naws_access_key_id = {KeyId}\naws_secret_access_key = {Secret}\naws_mfa_device = {Device}\n";

    /// <summary>A path in the home folder.</summary>
    public string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <inheritdoc cref="ScratchFile.Write"/>
    public static void Write(string path, byte[] bytes) => ScratchFile.Write(path, bytes);

    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
        {
            foreach (string folder in Directory.EnumerateDirectories(Root, "*", new EnumerationOptions
            {
                RecurseSubdirectories = true,
                AttributesToSkip = FileAttributes.ReparsePoint,
            }))
            {
                File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        Directory.Delete(Root, recursive: true);
    }
}
