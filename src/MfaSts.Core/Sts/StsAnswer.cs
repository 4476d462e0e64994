namespace MfaSts.Sts;

/// <summary>An answer of AWS.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
/// <param name="value">What was asked for.</param>
/// <param name="serviceTime">The answer's Date header, from which a wrong local clock shows; null when there was none.</param>
public sealed class StsAnswer<T>(T value, DateTimeOffset? serviceTime)
    where T : class
{
    /// <summary>What was asked for.</summary>
    public T Value { get; } = value;

    /// <summary>The service's time when it answered, whole seconds, or null.</summary>
    public DateTimeOffset? ServiceTime { get; } = serviceTime;
}
