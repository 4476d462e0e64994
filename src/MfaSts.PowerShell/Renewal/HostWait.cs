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
    public static void For(PSHost host, string activity, Func<CancellationToken, Task> start)
    {
        using var stop = new CancellationTokenSource();
        void Cancel(object? sender, ConsoleCancelEventArgs e) => stop.Cancel();
        Console.CancelKeyPress += Cancel;
        try
        {
            var task = Task.Run(() => start(stop.Token), CancellationToken.None);
            Show(host, activity, task);
            task.GetAwaiter().GetResult();
        }
        finally
        {
            Console.CancelKeyPress -= Cancel;
        }
    }

    /// <inheritdoc cref="For(PSHost, string, Func{CancellationToken, Task})"/>
    public static T For<T>(PSHost host, string activity, Func<CancellationToken, Task<T>> start)
    {
        T result = default!;
        For(host, activity, async token => { result = await start(token).ConfigureAwait(false); });
        return result;
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
