using System.Collections.Concurrent;

namespace MfaSts.PowerShell.Hosting;

/// <summary>
/// What another thread wants done on the pipeline's, where alone commands of the session may run and ask. <see cref="MfaCmdlet"/>
/// does it while it waits.
/// </summary>
internal sealed class PipelineWork
{
    private readonly ConcurrentQueue<Action> _pending = new();

    /// <summary>Has something done, and waits for what comes of it.</summary>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending.Enqueue(() =>
        {
            try
            {
                done.TrySetResult(work());
            }
            catch (Exception e)
            {
                done.TrySetException(e);
            }
        });
        return done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Does what is wanted. To be called on the pipeline's thread.</summary>
    public void RunPending()
    {
        while (_pending.TryDequeue(out var work))
        {
            work();
        }
    }
}
