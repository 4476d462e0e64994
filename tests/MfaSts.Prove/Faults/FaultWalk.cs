using MfaSts.Platform.Unix;

namespace MfaSts.Prove.Faults;

/// <summary>
/// Every system call of an update fails in turn, with each error that fits it, and the process is killed at each of them.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal static class FaultWalk
{
    public static async Task RunAsync(Proof proof)
    {
        if (await Strace.MissingAsync() is { } missing)
        {
            proof.Skip("system calls that fail in turn", missing);
            return;
        }

        foreach (var layout in Layout.All)
        {
            if (layout.NeedsRoot && LibC.EffectiveUser() != 0)
            {
                proof.Skip(layout.Name, "only root can make it");
            }
            else if (layout.Wrap is not null && !await Child.CanAsync("unshare", "--mount", "true"))
            {
                proof.Skip(layout.Name, "mounting is not allowed here");
            }
            else
            {
                await WalkAsync(proof, layout);
            }
        }
    }

    private static async Task WalkAsync(Proof proof, Layout layout)
    {
        var (calls, aftermath) = await RecordAsync(proof, layout);
        proof.Count("system calls of an update, over all layouts", calls.Count);
        proof.Require(calls.Count > 10, "an update is seen at its work", layout.Name);
        var injections = calls.SelectMany(call => Injection.Of(call.Call, call.Number, proof.IsLong))
            .Where(injection => proof.IsLong || layout.IsOfItsOwnKind || injection.Error is null);
        await Parallel.ForEachAsync(
            injections,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            async (injection, _) => await InjectAsync(proof, layout, aftermath, injection));
    }

    private static async Task<(List<(string Call, int Number)> Calls, Aftermath Aftermath)> RecordAsync(Proof proof, Layout layout)
    {
        using var home = new ScratchHome();
        layout.Prepare(home);
        byte[]? before = File.Exists(home.CredentialsPath) ? await File.ReadAllBytesAsync(home.CredentialsPath) : null;
        var status = LibC.GetStatus(home.CredentialsPath, followLink: true);
        var (worker, trace) = await Strace.RunAsync(layout, home, injection: null);
        byte[] after = await File.ReadAllBytesAsync(home.CredentialsPath);
        var aftermath = new Aftermath(proof, layout, before, after, status);
        aftermath.Check(home, worker, isKilled: false, "no fault");
        return ([.. Strace.CallsIn(home, trace).Select(call => (call.Call, call.Number))], aftermath);
    }

    private static async Task InjectAsync(Proof proof, Layout layout, Aftermath aftermath, Injection injection)
    {
        using var home = new ScratchHome();
        layout.Prepare(home);
        var (worker, trace) = await Strace.RunAsync(layout, home, injection.ToString());
        bool isKill = injection.Error is null;
        string? hit = isKill ? trace.LastOrDefault() : Array.Find(trace, line => line.Contains("(INJECTED)", StringComparison.Ordinal));
        if (hit is null || (!isKill && (!hit.Contains(home.Root, StringComparison.Ordinal) || IsBelieved(hit))))
        {
            proof.Count("faults that met another call than meant, and are not counted");
            return;
        }

        proof.Count(isKill ? "kills at a system call" : "failing system calls");
        aftermath.Check(home, worker, isKill, $"{injection} {hit.Replace(home.Root, "~", StringComparison.Ordinal)}");
    }

    // Who opens a file to read it and is told that there is none must believe it: then there is nothing to remove.
    private static bool IsBelieved(string hit) =>
        hit.StartsWith("openat(", StringComparison.Ordinal) && hit.Contains("O_RDONLY", StringComparison.Ordinal)
            && hit.Contains("ENOENT", StringComparison.Ordinal);
}
