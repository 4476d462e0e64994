namespace MfaSts.PowerShell.Hosting;

/// <summary>
/// A turn at the process's environment, or the place in the queue for it. Disposed, it puts the environment back and goes to the next.
/// </summary>
/// <param name="turns">Who gives them out.</param>
/// <param name="key">What the environment holds meanwhile; null for a change that nobody can share.</param>
/// <param name="runspace">The runspace that it is for.</param>
/// <param name="apply">Changes the environment, and gives what puts it back, or null when the change is to stay.</param>
internal sealed class EnvironmentTurn(EnvironmentTurns turns, object? key, Guid runspace, Func<Action?> apply) : IDisposable
{
    private readonly TaskCompletionSource _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public object? Key { get; } = key;

    public Guid Runspace { get; } = runspace;

    public Func<Action?> Apply { get; } = apply;

    /// <summary>Ends when the turn has come and the environment is changed.</summary>
    public Task Granted => _granted.Task;

    /// <summary>The turn within which this one was taken, or null.</summary>
    public EnvironmentTurn? Outer { get; init; }

    /// <summary>What puts the environment back when this turn alone has changed it.</summary>
    public Action? Restore { get; set; }

    /// <summary>It was given back.</summary>
    public bool IsOver { get; set; }

    public void Grant() => _granted.TrySetResult();

    public void Dispose() => turns.Leave(this);
}
