namespace MfaSts.Sandbox.Tests.Support;

/// <summary>A clock that stands still until it is moved. Its timers run in real time.</summary>
internal sealed class SettableClock : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero).UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    internal void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
