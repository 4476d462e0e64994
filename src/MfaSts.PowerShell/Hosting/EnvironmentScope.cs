namespace MfaSts.PowerShell.Hosting;

/// <summary>Puts the environment back when it is disposed, however the script block ended.</summary>
internal sealed class EnvironmentScope(Action restore) : IDisposable
{
    private Action? _restore = restore;

    public void Dispose() => Interlocked.Exchange(ref _restore, null)?.Invoke();
}
