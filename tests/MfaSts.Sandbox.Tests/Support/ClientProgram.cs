using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace MfaSts.Sandbox.Tests.Support;

/// <summary>Runs another party's program against a sandbox, in a home folder of its own.</summary>
internal sealed class ClientProgram : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("mfasts-").FullName;
    private readonly Uri _endpoint;

    internal ClientProgram(Uri endpoint) => _endpoint = endpoint;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    /// <summary>Adds lines to a file in <c>~/.aws</c>.</summary>
    internal void AppendSettings(string file, string lines)
    {
        Directory.CreateDirectory(Path.Combine(_home, ".aws"));
        File.AppendAllLines(Path.Combine(_home, ".aws", file), [lines]);
    }

    /// <summary>Runs one whose keys are in <c>~/.aws</c>, and reads what it prints.</summary>
    internal async Task<JsonDocument> RunForJsonAsync(string program, params string[] arguments)
    {
        (int exitCode, string output, string error) = await RunAsync(null, program, [.. arguments, "--output", "json"]);
        Assert.True(exitCode == 0, error);
        return JsonDocument.Parse(output);
    }

    /// <summary>Runs it to its end; the running test is skipped when the program is not there.</summary>
    /// <param name="keys">The keys to sign with; null when they are in <c>~/.aws</c>.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    internal async Task<(int ExitCode, string Output, string Error)> RunAsync(Keys? keys, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        SetEnvironment(start.Environment, keys);
        using var process = Start(start);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(10));
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await output, await error);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"The program '{start.FileName}' is not on PATH.");
            throw;
        }
    }

    private void SetEnvironment(IDictionary<string, string?> environment, Keys? keys)
    {
        foreach (string name in environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            environment.Remove(name);
        }

        environment["HOME"] = _home;
        environment["USERPROFILE"] = _home;
        environment["NO_PROXY"] = environment["no_proxy"] = _endpoint.Host;
        environment["AWS_EC2_METADATA_DISABLED"] = "true";
        environment["AWS_ENDPOINT_URL"] = _endpoint.ToString();
        environment["AWS_REGION"] = "eu-central-1";
        environment["AWS_DEFAULT_REGION"] = "eu-central-1";
        if (keys is null)
        {
            return;
        }

        environment["AWS_ACCESS_KEY_ID"] = keys.AccessKeyId;
        environment["AWS_SECRET_ACCESS_KEY"] = keys.SecretAccessKey;
        if (keys.SessionToken is not null)
        {
            environment["AWS_SESSION_TOKEN"] = keys.SessionToken;
        }
    }
}
