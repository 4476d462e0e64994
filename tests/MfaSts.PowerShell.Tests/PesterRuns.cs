using System.Collections.Concurrent;
using MfaSts.Sandbox;

namespace MfaSts.PowerShell.Tests;

/// <summary>
/// The runs of all Pester files, as many side by side as there are processors, on one sandbox. xunit runs the rows of a theory one after
/// the other; here they only wait for what is under way. Each Pester test makes a user of its own, since a device's code is accepted once.
/// </summary>
public sealed class PesterRuns : IAsyncLifetime
{
    private readonly ControlChannel _control = new(new SandboxAccount());
    private readonly ConcurrentDictionary<string, TaskCompletionSource<PesterOutcome>> _outcomes = new();
    private readonly CancellationTokenSource _stop = new();
    private Task[]? _lanes;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>What comes of a file. The first call starts the runs.</summary>
    internal Task<PesterOutcome> OutcomeOf(string name)
    {
        _lanes ??= StartLanes();
        return Entry(name).Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_lanes ?? []);
        await _control.DisposeAsync();
        _stop.Dispose();
    }

    private Task[] StartLanes()
    {
        var files = new ConcurrentQueue<string>(LongestFirst.Files);
        return [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(() => RunAsync(files)))];
    }

    private async Task RunAsync(ConcurrentQueue<string> files)
    {
        var endpoint = (await _control.ServerAsync(TimeSpan.Zero)).Endpoint;
        while (!_stop.IsCancellationRequested && files.TryDequeue(out string? name))
        {
            try
            {
                Entry(name).SetResult(await PesterRun.RunAsync(name, endpoint, _stop.Token));
            }
            catch (Exception e)
            {
                Entry(name).SetException(e);
            }
        }
    }

    private TaskCompletionSource<PesterOutcome> Entry(string name) =>
        _outcomes.GetOrAdd(name, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
