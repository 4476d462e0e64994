using System.Diagnostics;
using ThreadState = System.Diagnostics.ThreadState;

namespace MfaSts.Cli.Tests.Processes;

/// <summary>Many processes of the program.</summary>
internal static class Crowd
{
    private const int Looks = 5;

    /// <summary>
    /// Waits until all of them have started and wait for something themselves, so that what is tried next is not tried on a machine that is
    /// busy with their start.
    /// </summary>
    internal static async Task SettleAsync(IReadOnlyList<Process> processes, CancellationToken cancellationToken)
    {
        for (int still = 0; still < Looks; still = processes.All(IsAsleep) ? still + 1 : 0)
        {
            await Task.Delay(50, cancellationToken);
        }
    }

    private static bool IsAsleep(Process process)
    {
        try
        {
            process.Refresh();
            return process.HasExited || process.Threads.Cast<ProcessThread>().All(thread => thread.ThreadState == ThreadState.Wait);
        }
        catch (InvalidOperationException)
        {
            // A thread, or all of it, ended between two looks.
            return false;
        }
    }
}
