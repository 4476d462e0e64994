using System.Diagnostics;

namespace MfaSts.Platform.Windows;

/// <summary>
/// Tries again what fails because another program has the file open: virus scanners, indexers, backup and the AWS SDKs have it for
/// milliseconds, and share it with nobody.
/// </summary>
internal static class Patience
{
    /// <summary>Long enough for those, and short enough for a person. git gives 71 ms, VS Code a minute.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a refused access may mean that the file is just being replaced or removed, when it is asked for to read.
    /// </summary>
    public static readonly TimeSpan LimitWhenRefused = TimeSpan.FromMilliseconds(100);

    private const int LongestPause = 20;

    /// <summary>Calls something until it succeeds, fails for good, or the time is over.</summary>
    /// <param name="attempt">Gives 0, or the error number.</param>
    /// <param name="limit">How long each error is worth trying again; zero for one that stays.</param>
    /// <returns>0, or the last error number.</returns>
    public static int Try(Func<int> attempt, Func<int, TimeSpan> limit)
    {
        long start = Stopwatch.GetTimestamp();
        for (int pause = 1; ; pause = Math.Min(pause * 2, LongestPause))
        {
            int error = attempt();
            if (error == 0 || Stopwatch.GetElapsedTime(start) >= limit(error))
            {
                return error;
            }

            Thread.Sleep(pause);
        }
    }

    /// <summary>Opens a file, waiting for one who has it open.</summary>
    public static T Open<T>(Func<T> open)
        where T : class
    {
        T? opened = null;
        Exception? failure = null;
        _ = Try(
            () =>
            {
                try
                {
                    opened = open();
                    return 0;
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    failure = e;
                    return Win32.ErrorOf(e);
                }
            },
            error => Win32.IsInUse(error) ? Limit : error == Win32.AccessDenied ? LimitWhenRefused : TimeSpan.Zero);
        return opened ?? throw failure!;
    }
}
