using System.Diagnostics;
using System.Management.Automation;

namespace MfaSts.PowerShell.Hosting;

/// <summary>A progress record for a wait that turns out to be long enough to be noticed.</summary>
internal sealed class WaitProgress(Cmdlet cmdlet, string activity, int afterMilliseconds) : IDisposable
{
    private const int ActivityId = 4711;
    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private bool _isShown;

    public void Tick()
    {
        if (!_isShown && _elapsed.ElapsedMilliseconds >= afterMilliseconds)
        {
            _isShown = true;
            cmdlet.WriteProgress(new ProgressRecord(ActivityId, activity, "Ctrl+C ends the wait"));
        }
    }

    /// <summary>Shows how much of a wait of known length is left.</summary>
    public void Show(TimeSpan left, TimeSpan whole)
    {
        _isShown = true;
        cmdlet.WriteProgress(new ProgressRecord(ActivityId, activity, "Ctrl+C ends the wait")
        {
            SecondsRemaining = (int)Math.Ceiling(left.TotalSeconds),
            PercentComplete = (int)(100 * (1 - (left / whole))),
        });
    }

    public void Dispose()
    {
        if (_isShown && !((cmdlet as MfaCmdlet)?.Stopping ?? false))
        {
            cmdlet.WriteProgress(new ProgressRecord(ActivityId, activity, " ") { RecordType = ProgressRecordType.Completed });
        }
    }
}
