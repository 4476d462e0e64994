using System.Text;
using MfaSts.Files;
using MfaSts.Tests.Fakes;

namespace MfaSts.Prove;

/// <summary>A home folder that is thrown away.</summary>
internal sealed class ScratchHome : IDisposable
{
    public ScratchHome()
    {
        Root = Directory.CreateTempSubdirectory("mfasts-prove-").FullName;
        Files = new AwsFiles(CredentialsPath, At(".aws", "config"), At(".stscreds", "credentials"));
    }

    public string Root { get; }

    public string AwsFolder => At(".aws");

    public string CredentialsPath => At(".aws", "credentials");

    public AwsFiles Files { get; }

    public SharedFile Shared => Files.Credentials;

    /// <summary>Files of ours that a kill may leave, and the next call must take away.</summary>
    public IEnumerable<string> Leftovers => !Directory.Exists(AwsFolder)
        ? []
        : Directory.EnumerateFiles(AwsFolder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Where(
                path => Path.GetFileName(path).Contains(".mfasts-", StringComparison.Ordinal) || path.EndsWith(
                    ".journal", StringComparison.Ordinal));

    public string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <inheritdoc cref="ScratchFile.Write"/>
    public static void Write(string path, byte[] bytes) => ScratchFile.Write(path, bytes);

    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
