using MfaSts.Conformance.Tests.Support;

namespace MfaSts.Conformance.Tests.Clients;

/// <summary>The AWS SDK for JavaScript, installed once below out/ as its lock file says.</summary>
public sealed class JavaScriptSdk : AwsClient
{
    private static readonly string Source = Path.Combine(AppContext.BaseDirectory, "Clients", "javascript");
    private static readonly string Folder = Path.Combine(Repository.Root, "out", "conformance", "javascript");
    private static readonly Lazy<Task<string?>> Installation = new(InstallAsync);

    internal override async Task<ClientAnswer> ReadAsync(Person person, string profile)
    {
        string? fault = await Installation.Value;
        Assert.SkipWhen(fault is not null, $"The AWS SDK for JavaScript cannot be installed: {fault}");
        return await RunAsync(person, "node", Path.Combine(Folder, "client.mjs"), profile);
    }

    /// <summary>Null, or why it cannot be.</summary>
    private static async Task<string?> InstallAsync()
    {
        Directory.CreateDirectory(Folder);
        foreach (string file in Directory.EnumerateFiles(Source))
        {
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)), overwrite: true);
        }

        // Written last, so that an installation that was broken off is done again.
        string wanted = await File.ReadAllTextAsync(Path.Combine(Folder, "package-lock.json"));
        string record = Path.Combine(Folder, "installed.json");
        if (File.Exists(record) && await File.ReadAllTextAsync(record) == wanted)
        {
            return null;
        }

        string npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        try
        {
            var child = await Child.RunAsync([], npm, "ci", "--no-audit", "--no-fund", "--prefix", Folder);
            if (child.ExitCode != 0)
            {
                return child.Error.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal)) ?? "npm failed.";
            }
        }
        catch (TimeoutException)
        {
            // So it is without a way to npm's registry, which npm tries again and again.
            return "npm did not end.";
        }

        await File.WriteAllTextAsync(record, wanted);
        return null;
    }
}
