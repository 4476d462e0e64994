using System.Diagnostics;
using System.Globalization;

namespace MfaSts.Benchmark;

/// <summary>Times of one thing, in milliseconds.</summary>
internal sealed class Samples(IEnumerable<double> milliseconds)
{
    private readonly double[] _sorted = [.. milliseconds.Order()];

    public double Median => _sorted.Length % 2 == 1
        ? _sorted[_sorted.Length / 2]
        : (_sorted[(_sorted.Length / 2) - 1] + _sorted[_sorted.Length / 2]) / 2;

    public double Least => _sorted[0];

    public int Count => _sorted.Length;

    /// <summary>
    /// Times an action, after runs that do not count: the runtime compiles a hot method a second time only after a while.
    /// </summary>
    public static Samples Of(int runs, Action action, int warmUp = 60)
    {
        for (int i = 0; i < warmUp; i++)
        {
            action();
        }

        return new Samples(Enumerable.Range(0, runs).Select(_ =>
        {
            long start = Stopwatch.GetTimestamp();
            action();
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Median:0.0} (least {Least:0.0}, {Count} runs)");
}
