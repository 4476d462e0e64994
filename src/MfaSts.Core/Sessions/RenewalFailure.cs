using MfaSts.Files;

namespace MfaSts.Sessions;

/// <summary>Remembers, for all processes, that an early renewal failed: it is not tried again for a minute.</summary>
/// <param name="files">The AWS files.</param>
/// <param name="profile">The profile.</param>
/// <param name="clock">The clock.</param>
internal sealed class RenewalFailure(AwsFiles files, string profile, TimeProvider clock)
{
    private readonly TimedMark _mark = new(files, "renewal-failed", profile, clock, TimeSpan.FromSeconds(60));

    /// <summary>Whether it failed a moment ago.</summary>
    public bool IsRecent => _mark.Since is not null;

    /// <summary>Notes a failure.</summary>
    public void Note() => _mark.Set();
}
