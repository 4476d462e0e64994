namespace MfaSts.Sessions;

/// <summary>
/// This machine's clock, put right by what the service's answer showed: a session's end is a moment of the service's time.
/// </summary>
/// <param name="clock">The machine's clock.</param>
/// <param name="offset">The service's time less the machine's.</param>
internal sealed class CorrectedClock(TimeProvider clock, TimeSpan offset) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + offset;
}
