using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.Sandbox.Demo;

/// <summary>A scratch home folder, and the environment of a tool that lives in it and calls the sandbox.</summary>
internal sealed class DemoHome : IDisposable
{
    private static readonly string[] SecretKeys = ["aws_secret_access_key", "aws_session_token"];

    private readonly string _folder = Directory.CreateTempSubdirectory("mfasts-demo-").FullName;

    public DemoHome(Uri endpoint)
    {
        Environment =
            new Dictionary<string, string> { ["HOME"] = _folder, ["USERPROFILE"] = _folder, ["AWS_ENDPOINT_URL"] = endpoint.ToString() };
        Variables = new EnvironmentVariables(name => Environment.GetValueOrDefault(name));
        Files = AwsFiles.Locate(Variables, _folder);
    }

    public IReadOnlyDictionary<string, string> Environment { get; }

    public EnvironmentVariables Variables { get; }

    public AwsFiles Files { get; }

    /// <summary>The credentials file, with the secrets cut short.</summary>
    public string ShowCredentials()
    {
        if (!File.Exists(Files.Credentials.Path))
        {
            return "   (it is not there)";
        }

        return string.Join(System.Environment.NewLine, File.ReadLines(Files.Credentials.Path).Select(line => "   " + Shorten(line)));
    }

    /// <summary>Adds lines to the shared config file, as a person does in an editor.</summary>
    public Task AddToConfigAsync(IEnumerable<string> lines, CancellationToken cancellationToken) =>
        File.AppendAllLinesAsync(Files.Config.Path, [string.Empty, .. lines], cancellationToken);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Shorten(string line) =>
        SecretKeys.FirstOrDefault(key => line.StartsWith(key, StringComparison.Ordinal)) is { } key ? $"{key} = …" : line;
}
