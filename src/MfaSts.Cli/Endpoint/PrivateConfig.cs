using System.Diagnostics;
using System.Globalization;
using System.Text;
using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.Cli.Endpoint;

/// <summary>
/// The config file of a command that takes its keys from the endpoint: the user's own, and a profile more for AWS_PROFILE, which exists and
/// gives no keys. Without that, every SDK takes a <c>[default]</c> that has keys for this command's, without a word.
/// </summary>
internal sealed class PrivateConfig
{
    private const string Prefix = "config-";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private PrivateConfig(string path, string profile) => (Path, Profile) = (path, profile);

    /// <summary>The file, for AWS_CONFIG_FILE.</summary>
    public string Path { get; }

    /// <summary>The profile, for AWS_PROFILE.</summary>
    public string Profile { get; }

    /// <summary>Makes the file, in the user's runtime folder; those of commands that are gone are removed.</summary>
    /// <param name="files">The user's own files.</param>
    /// <param name="session">Whose region the profile has.</param>
    /// <exception cref="Errors.MfaException">One of the Store errors.</exception>
    public static PrivateConfig Make(AwsFiles files, MfaSession session)
    {
        var config = files.Config.Read();
        string profile = FreeName(new ConfigFile(config), files.Credentials.Read());
        return StoreFailure.Translate(files.Config.Path, "copied", () =>
        {
            string folder = LockFolder.MakeOwnFolder();
            RemoveLeft(folder);
            string path = System.IO.Path.Combine(
                folder, Prefix + Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            Write(path, config.Bytes, SectionOf(profile, session));
            return new PrivateConfig(path, profile);
        });
    }

    /// <summary>Takes the file away.</summary>
    public void Remove() => File.Delete(Path);

    // A section that is there twice makes botocore refuse the file.
    private static string FreeName(ConfigFile config, IniDocument credentials)
    {
        string name = ServedProfile.Name;
        for (int i = 2; config.FindProfile(name) is not null || credentials.Find(name) is not null; i++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{ServedProfile.Name}-{i}");
        }

        return name;
    }

    // An empty section is none to some readers.
    private static string SectionOf(string profile, MfaSession session) =>
        $"\n[profile {profile}]\n{(session.Region is { } region ? $"region = {region}" : $"mfasts_profile = {session.Profile}")}\n";

    private static void Write(string path, byte[] config, string section)
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var file = new FileStream(path, options);
        file.Write(config);
        file.Write(config is [] or [.., (byte)'\n'] ? [] : "\n"u8);
        file.Write(Encoding.UTF8.GetBytes(section));
    }

    // What killed processes have left.
    private static void RemoveLeft(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(folder, Prefix + "*"))
        {
            string number = System.IO.Path.GetFileName(path)[Prefix.Length..];
            if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int process) && !IsAlive(process))
            {
                File.Delete(path);
            }
        }
    }

    private static bool IsAlive(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
