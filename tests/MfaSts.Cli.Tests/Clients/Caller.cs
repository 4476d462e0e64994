using MfaSts.Cli.Tests.Processes;
using MfaSts.Cli.Tests.Support;

namespace MfaSts.Cli.Tests.Clients;

/// <summary>Another party's client that calls AWS with a profile, and writes the caller's ARN for each call.</summary>
public static class Caller
{
    public const string AwsCli = "AWS CLI";
    public const string Boto3 = "boto3";
    public const string JavaScript = "AWS SDK for JavaScript";
    public const string DotNet = "AWS SDK for .NET";

    private static readonly string Source = Path.Combine(AppContext.BaseDirectory, "Clients");
    private static readonly string JavaScriptFolder = Path.Combine(Mfasts.RepositoryRoot, "out", "conformance", "program");
    private static readonly Lazy<Task<string?>> JavaScriptInstallation = new(InstallAsync);

    internal static async Task<Ended> RunAsync(string client, TestHome home, int calls)
    {
        string count = calls.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var ended = await Mfasts.RunProgramAsync(home, await WordsAsync(client, "prod", count));
        Assert.SkipWhen(client == Boto3 && ended.ExitCode == 77, "boto3 is not on this machine.");
        return ended;
    }

    /// <summary>The words that start a client.</summary>
    /// <param name="client">Which.</param>
    /// <param name="profile">The profile; <c>-</c> for what the client takes by itself.</param>
    /// <param name="count">How many calls; <c>lines</c> for one for each line of standard input.</param>
    internal static async Task<string[]> WordsAsync(string client, string profile, string count)
    {
        if (client == JavaScript)
        {
            string? fault = await JavaScriptInstallation.Value;
            Assert.SkipWhen(fault is not null, $"The AWS SDK for JavaScript cannot be installed: {fault}");
        }

        const string call = "aws sts get-caller-identity --query Arn --output text";
        return client switch
        {
            AwsCli when count == "lines" => ["sh", "-c", $"while read line; do {call} </dev/null || exit; done"],
            AwsCli => [.. call.Split(' '), .. profile == "-" ? (string[])[] : ["--profile", profile]],
            Boto3 => ["python3", Path.Combine(Source, "boto3_caller.py"), profile, count],
            JavaScript => ["node", Path.Combine(JavaScriptFolder, "caller.mjs"), profile, count],
            _ => [Mfasts.DotNet, typeof(Caller).Assembly.Location, "caller", profile, count],
        };
    }

    /// <summary>Null, or why it cannot be.</summary>
    private static async Task<string?> InstallAsync()
    {
        Directory.CreateDirectory(JavaScriptFolder);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Source, "javascript")))
        {
            File.Copy(file, Path.Combine(JavaScriptFolder, Path.GetFileName(file)), overwrite: true);
        }

        // Written last, so that an installation that was broken off is done again.
        string wanted = await File.ReadAllTextAsync(Path.Combine(JavaScriptFolder, "package-lock.json"));
        string record = Path.Combine(JavaScriptFolder, "installed.json");
        if (File.Exists(record) && await File.ReadAllTextAsync(record) == wanted)
        {
            return null;
        }

        using var home = new TestHome();
        try
        {
            var ended = await Mfasts.RunProgramAsync(home, "npm", "ci", "--no-audit", "--no-fund", "--prefix", JavaScriptFolder);
            if (ended.ExitCode != 0)
            {
                return ended.Error.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal)) ?? "npm failed.";
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
