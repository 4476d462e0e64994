namespace MfaSts.Prove.Faults;

/// <summary>strace on a worker that stands before its update: it tells the system calls, and makes one of them fail.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal static class Strace
{
    /// <summary>Why it cannot be used here, or null.</summary>
    public static async Task<string?> MissingAsync()
    {
        try
        {
            var ended = await Child.RunAsync(["strace", "-qq", "-o", "/dev/null", "true"]);
            return ended.ExitCode == 0 ? null : "ptrace is not allowed here";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "strace is not on this machine";
        }
    }

    /// <summary>Lets a worker do its work under strace.</summary>
    /// <returns>The worker's end, and the lines of the trace.</returns>
    public static async Task<(Ended Worker, string[] Trace)> RunAsync(Layout layout, ScratchHome home, string? injection)
    {
        using var worker = layout.StartWorker(home);
        string? first = await worker.StandardOutput.ReadLineAsync();
        if (first != "ready")
        {
            return (await Child.EndAsync(worker) with { Output = $"not ready: {first}" }, []);
        }

        string trace = home.At("trace");
        string[] inject = injection is null ? [] : ["-e", "inject=" + injection];
        using var strace =
            Child.Start(
                ["strace", "-y", "-s", "0", "-o", trace, "-e", "trace=%file,%desc", .. inject, "-p", worker.Id.ToString(
                    System.Globalization.CultureInfo.InvariantCulture)]);
        await strace.StandardError.ReadLineAsync();
        await worker.StandardInput.WriteLineAsync();
        var ended = await Child.EndAsync(worker);
        await Child.EndAsync(strace);
        return (ended, await File.ReadAllLinesAsync(trace));
    }

    /// <summary>The calls about files in the home folder: name, which of that name, and the line.</summary>
    public static IEnumerable<(string Call, int Number, string Line)> CallsIn(ScratchHome home, string[] trace)
    {
        var counts = new Dictionary<string, int>();
        foreach (string line in trace)
        {
            int end = line.IndexOf('(', StringComparison.Ordinal);
            if (end <= 0)
            {
                continue;
            }

            string call = line[..end];
            counts[call] = counts.GetValueOrDefault(call) + 1;
            if (line.Contains(home.Root, StringComparison.Ordinal))
            {
                yield return (call, counts[call], line);
            }
        }
    }
}
