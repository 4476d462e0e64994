using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using MfaSts.Prove;
using MfaSts.Prove.Guided;

if (args is ["worker", .. var task])
{
    return Worker.Run(task);
}

if (args is ["guided", .. var what])
{
    return GuidedRun.Run(what);
}

if (Arguments.Parse(args) is not { } arguments)
{
    Console.Error.WriteLine(
        $"usage: [--long] [--seed N] [--minutes N] [{string.Join(" | ", Chapters.All.Select(chapter => chapter.Name))}]...");
    return 2;
}

InterruptSignal.TakeUsualDisposition();
var proof = new Proof(arguments.IsLong, arguments.Seed, arguments.Minutes);
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{DateTime.UtcNow:yyyy-MM-dd}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, "
        + $"{RuntimeInformation.FrameworkDescription}, seed {proof.Seed}, {(proof.IsLong ? "long" : "short")} form"));
foreach (var (name, run) in Chapters.All.Where(chapter => arguments.Chapters.Count == 0 || arguments.Chapters.Contains(chapter.Name)))
{
    long start = Stopwatch.GetTimestamp();
    proof.Begin(name);
    try
    {
        await run(proof);
    }
#pragma warning disable CA1031 // What breaks the proof itself proves nothing, and the other chapters still can.
    catch (Exception e)
#pragma warning restore CA1031
    {
        proof.Violate("the chapter runs to its end", e.ToString());
    }

    proof.Say("seconds", Stopwatch.GetElapsedTime(start).TotalSeconds.ToString("0", CultureInfo.InvariantCulture));
}

proof.Print();
return proof.Violations == 0 ? 0 : 1;
