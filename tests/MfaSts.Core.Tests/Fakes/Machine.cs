using System.Diagnostics;

namespace MfaSts.Tests.Fakes;

/// <summary>What a test needs of the machine. What is missing skips the test, with the reason.</summary>
internal static class Machine
{
    public static bool IsRoot => !OperatingSystem.IsWindows() && MfaSts.Platform.Unix.LibC.EffectiveUser() == 0;

    public static void NeedsUnix() => Assert.SkipWhen(OperatingSystem.IsWindows(), "modes, links and flock are Unix's");

    public static void NeedsLinux() => Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux");

    public static void NeedsRoot(string why) => Assert.SkipUnless(IsRoot, $"needs root: {why}");

    public static void NeedsUser()
    {
        NeedsUnix();
        Assert.SkipWhen(IsRoot, "root may write whatever the mode");
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its standard output, or null when it is not there or fails.</returns>
    public static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Start(program, arguments);
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    public static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["PYTHONUTF8"] = "1";
        start.Environment["DOTNET_TieredPGO"] = "0";
        return Process.Start(start)!;
    }

    /// <summary>This program, which can be a worker.</summary>
    public static string WorkerPath => Path.ChangeExtension(typeof(Machine).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null);

    /// <summary>Starts this program as a worker.</summary>
    public static Process StartWorker(params string[] arguments) => Start(WorkerPath, ["worker", .. arguments]);

    /// <summary>Waits for workers and gives what they printed. One that failed fails the test with its words.</summary>
    public static List<string> Finish(IEnumerable<Process> workers)
    {
        var outputs = new List<string>();
        foreach (var worker in workers)
        {
            using (worker)
            {
                string output = worker.StandardOutput.ReadToEnd();
                string errors = worker.StandardError.ReadToEnd();
                worker.WaitForExit();
                Assert.True(worker.ExitCode == 0, errors);
                outputs.Add(output.Trim());
            }
        }

        return outputs;
    }
}
