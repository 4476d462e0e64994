using MfaSts.Credentials;
using MfaSts.Files;
using MfaSts.Sandbox;

namespace MfaSts.Benchmark;

/// <summary>A home folder that is thrown away.</summary>
internal sealed class Scratch : IDisposable
{
    public Scratch()
    {
        Files = new AwsFiles(
            Path.Combine(Folder, ".aws", "credentials"),
            Path.Combine(Folder, ".aws", "config"),
            Path.Combine(Folder, ".stscreds", "credentials"));
        Directory.CreateDirectory(Path.Combine(Folder, ".aws"));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("mfasts-benchmark-").FullName;

    public AwsFiles Files { get; }

    /// <summary>
    /// The environment of a user whose home this is, and MODULE. Where tests have run, the usual folder for temporary files holds locks,
    /// which a user's seldom does.
    /// </summary>
    public (string Name, string Value)[] Environment =>
        [("MODULE", Path.Combine(ModuleFolder.Path, "MfaSts.psd1")), ("HOME", Folder), ("USERPROFILE", Folder), ("TMPDIR", Folder)];

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Stores a user's keys under a profile.</summary>
    public void Store(string profile, SandboxUser user) =>
        Store(profile, user.AccessKeys[0].AccessKeyId, user.AccessKeys[0].SecretAccessKey, user.MfaDevices[0].SerialNumber);

    /// <summary>Stores keys under a profile.</summary>
    public void Store(string profile, string accessKeyId, string secretAccessKey, string serialNumber) =>
        new LongTermCredentialStore(Files).Store(
        new LongTermCredentialChange
        {
            Profile = profile,
            AccessKeyId = accessKeyId,
            SecretAccessKey = secretAccessKey,
            SerialNumber = serialNumber,
            Region = "eu-central-1",
        },
        CancellationToken.None);
}
