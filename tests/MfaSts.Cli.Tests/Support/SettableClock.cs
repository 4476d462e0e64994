namespace MfaSts.Cli.Tests.Support;

/// <summary>A clock that stands still until it is moved. It starts near the real time, by which the file system dates files.</summary>
internal sealed class SettableClock : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(System.GetUtcNow().ToUnixTimeSeconds());
    private long _timestamp;

    /// <summary>What the clock moves by whenever somebody measures with it.</summary>
    internal TimeSpan Step { get; set; }

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _timestamp += (long)(Step.TotalSeconds * TimestampFrequency);

    internal void Advance(TimeSpan by) => _now += by;
}
