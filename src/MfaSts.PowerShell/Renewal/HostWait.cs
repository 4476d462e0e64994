using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace MfaSts.PowerShell.Renewal;

/// <summary>Waits where no cmdlet runs: Ctrl+C is the console's own there.</summary>
internal static class HostWait
{
    private const int ProgressAfterMilliseconds = 400;
    private const int ActivityId = 4712;

    /// <summary>
    /// Waits for a task, with progress when it takes long enough to be noticed. It is waited for even when Ctrl+C cancels it.
    /// </summary>
    /// <exception cref="OperationCanceledException">Ctrl+C.</exception>
    public static T For<T>(PSHost host, string activity, Func<CancellationToken, Task<T>> start)
    {
        using var stop = new CancellationTokenSource();
        void Cancel(object? sender, ConsoleCancelEventArgs e) => stop.Cancel();
        Console.CancelKeyPress += Cancel;
        try
        {
            var task = Task.Run(() => start(stop.Token), CancellationToken.None);
            Show(host, activity, task);
            return task.GetAwaiter().GetResult();
        }
        finally
        {
            Console.CancelKeyPress -= Cancel;
        }
    }

    private static void Show(PSHost host, string activity, Task task)
    {
        var elapsed = Stopwatch.StartNew();
        bool isShown = false;
        while (Task.WaitAny([task], millisecondsTimeout: 50) < 0)
        {
            if (!isShown && elapsed.ElapsedMilliseconds >= ProgressAfterMilliseconds)
            {
                isShown = true;
                host.UI.WriteProgress(0, new ProgressRecord(ActivityId, activity, "Ctrl+C ends the wait"));
            }
        }

        if (isShown)
        {
            host.UI.WriteProgress(0, new ProgressRecord(ActivityId, activity, " ") { RecordType = ProgressRecordType.Completed });
        }
    }
}
