using MfaSts.Files;

namespace MfaSts.Sessions;

/// <summary>A renewal that a person put off: for a while no shell asks for that profile's code by itself.</summary>
/// <param name="files">The AWS files.</param>
/// <param name="profile">The profile.</param>
/// <param name="clock">The clock.</param>
public sealed class RenewalPause(AwsFiles files, string profile, TimeProvider clock)
{
    private readonly TimedMark _mark = new(files, "renewal-put-off", profile, clock, Length);

    /// <summary>How long nobody is asked.</summary>
    public static TimeSpan Length { get; } = TimeSpan.FromMinutes(10);

    /// <summary>When it ends, in UTC, or null when there is none.</summary>
    public DateTimeOffset? Until => _mark.Since + Length;

    /// <summary>Begins, or begins anew.</summary>
    /// <exception cref="Errors.MfaException">One of the Store errors.</exception>
    public void Begin() => _mark.Set();
}
