using System.Diagnostics;
using System.Globalization;
using MfaSts.Files;

namespace MfaSts.Benchmark;

/// <summary>Many writers at once, each with a profile of its own in one file.</summary>
internal static class WritersBenchmark
{
    private const int Writers = 64;
    private const string KeyId = "ASIAIOSFODNN7EXAMPLE";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    public static void Run()
    {
        Report.Begin(
            string.Create(CultureInfo.InvariantCulture, $"{Writers} writers at once, each with its own profile"),
            "who", "profiles in the file afterwards", "ms for all");
        Row("MfaSts, processes", path => RunProcesses("mfasts", path));
        Row("MfaSts, threads of one process", RunThreads);
        Row("AWS SDK for .NET, processes", path => RunProcesses("sdk", path));
    }

    /// <summary>One writer: waits for the word, and writes.</summary>
    /// <returns>The exit code.</returns>
    public static int Write(string how, string path, string profile)
    {
        Console.ReadLine();
        if (how == "sdk")
        {
            SdkWriter.Write(path, profile);
        }
        else
        {
            Update(path, profile);
        }

        return 0;
    }

    private static void Row(string who, Func<string, TimeSpan> run)
    {
        using var scratch = new Scratch();
        string path = scratch.Files.Credentials.Path;
        File.WriteAllText(path, $"[first]\naws_access_key_id = {KeyId}\naws_secret_access_key = {Secret}\n");
        var time = run(path);
        int there = File.ReadLines(path).Count(line => line.StartsWith("[w", StringComparison.Ordinal));
        Report.Row(
            who,
            string.Create(CultureInfo.InvariantCulture, $"{there} of {Writers}"),
            time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture));
    }

    private static void Update(string path, string profile) => new SharedFile(path).Update(
        document => document.Set(profile, [new("aws_access_key_id", KeyId), new("aws_secret_access_key", Secret)]),
        CancellationToken.None);

    // All are started first: what is measured is the crowd at the file.
    private static TimeSpan RunProcesses(string how, string path)
    {
        Process[] writers = [.. Enumerable.Range(0, Writers).Select(i => Start(how, path, i))];
        Thread.Sleep(TimeSpan.FromSeconds(5));
        long start = Stopwatch.GetTimestamp();
        foreach (var writer in writers)
        {
            writer.StandardInput.WriteLine();
            writer.StandardInput.Flush();
        }

        foreach (var writer in writers)
        {
            writer.WaitForExit();
            writer.Dispose();
        }

        return Stopwatch.GetElapsedTime(start);
    }

    private static Process Start(string how, string path, int number)
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "MfaSts.Benchmark.dll"), "write", how, path, NameOf(number)];
        return Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardInput = true, RedirectStandardError = true })!;
    }

    private static TimeSpan RunThreads(string path)
    {
        long start = Stopwatch.GetTimestamp();
        Thread[] threads = [.. Enumerable.Range(0, Writers).Select(i => new Thread(() => Update(path, NameOf(i))))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return Stopwatch.GetElapsedTime(start);
    }

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"w{number}");
}
