using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.Runtime.CredentialManagement;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Sessions;
using MfaSts.Stores;

namespace MfaSts.Benchmark;

/// <summary>One profile out of 10,000, read and updated, warm.</summary>
internal static class FileBenchmark
{
    private const int Profiles = 10_000;
    private const string Profile = "p5000";
    private const string KeyId = "ASIAIOSFODNN7EXAMPLE";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    public static void Run(int runs)
    {
        using var scratch = new Scratch();
        string path = scratch.Files.Credentials.Path;
        File.WriteAllText(path, MakeFile());
        double size = new FileInfo(path).Length / 1e6;
        var read = Samples.Of(runs, () => Read(scratch.Files));
        var update = Samples.Of(runs, () => Update(scratch.Files));
        var sdkRead = Samples.Of(Math.Max(5, runs / 4), () => ReadWithSdk(path), warmUp: 8);
        var sdkUpdate = Samples.Of(Math.Max(5, runs / 4), () => UpdateWithSdk(path), warmUp: 8);
        var python = ReadWithBotocore(scratch, Math.Max(5, runs / 10));

        Report.Begin(
            string.Create(CultureInfo.InvariantCulture, $"One profile out of {Profiles:N0} ({size:0.0} MB)"),
            "what", "read, ms", "times MfaSts", "update, ms", "times MfaSts");
        Report.Row("MfaSts.Core", read.ToString(), "1.00", update.ToString(), "1.00");
        Report.Row(
            "AWS SDK for .NET, SharedCredentialsFile",
            sdkRead.ToString(), Report.Ratio(sdkRead, read), sdkUpdate.ToString(), Report.Ratio(sdkUpdate, update));
        if (python is not null)
        {
            Report.Row("botocore", python.ToString(), Report.Ratio(python, read), "it does not write", "");
        }

        Report.Begin("Where MfaSts' time goes in that file", "step", "ms");
        byte[] bytes = File.ReadAllBytes(path);
        Report.Row("reading the bytes", Samples.Of(runs, () => FileImage.Read(path)).ToString());
        Report.Row("parsing them", Samples.Of(runs, () => IniDocument.Parse(bytes)).ToString());
        var document = IniDocument.Parse(bytes);
        Report.Row("an edit: splicing, and reading the result back", Samples.Of(runs, () => Edit(document)).ToString());
        Report.Row(
            "the disk: a new file of that size, flushed, renamed over the old one",
            Samples.Of(runs, () => ReplaceOnDisk(path, bytes)).ToString());
    }

    private static string MakeFile()
    {
        var text = new StringBuilder();
        string token = string.Concat(Enumerable.Repeat("FwoGZXIvYXdzEXAMPLE/", 18));
        for (int i = 0; i < Profiles; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"""
                [p{i}]
                aws_access_key_id = {KeyId}
                aws_secret_access_key = {Secret}
                aws_session_token = {token}
                expiration = 2099-01-01T00:00:00Z
                manager = mfasts


                """);
        }

        return text.ToString();
    }

    private static void Read(AwsFiles files)
    {
        var broker =
            new SessionBroker(
                files,
                new EnvironmentVariables(_ => null),
                () => throw new InvalidOperationException(),
                TimeProvider.System,
                KeyStores.FileOnly);
        _ = broker.FindUsable(new SessionRequest { Profile = Profile })
            ?? throw new InvalidOperationException("The session was not found.");
    }

    private static void Update(AwsFiles files) => files.Credentials.Update(Edit, CancellationToken.None);

    private static IniDocument Edit(IniDocument document)
    {
        string id = "ASIA" + Guid.NewGuid().ToString("N")[..16].ToUpperInvariant();
        return document.Set(Profile, [new("aws_access_key_id", id), new("expiration", "2099-01-01T00:00:00Z")]);
    }

    private static void ReadWithSdk(string path)
    {
        if (!new SharedCredentialsFile(path).TryGetProfile(Profile, out _))
        {
            throw new InvalidOperationException("The SDK did not find the profile.");
        }
    }

    private static void UpdateWithSdk(string path) => SdkWriter.Write(path, Profile);

    private static Samples? ReadWithBotocore(Scratch scratch, int runs)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "botocore_read.py");
        var start =
            new ProcessStartInfo("python3", [script, Profile,
                runs.ToString(CultureInfo.InvariantCulture)])
            { RedirectStandardOutput = true };
        start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = scratch.Files.Credentials.Path;
        start.Environment["AWS_CONFIG_FILE"] = scratch.Files.Config.Path;
        try
        {
            using var process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? new Samples(JsonSerializer.Deserialize<double[]>(output)!) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static void ReplaceOnDisk(string path, byte[] bytes)
    {
        string temporary = path + ".new";
        using (var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, bytes, 0);
            RandomAccess.FlushToDisk(file);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
