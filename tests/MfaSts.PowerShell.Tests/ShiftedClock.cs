namespace MfaSts.PowerShell.Tests;

/// <summary>The system's clock, off by a fixed time.</summary>
internal sealed class ShiftedClock(TimeSpan offset) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + offset;
}
