using MfaSts.Sessions;

namespace MfaSts.PowerShell.Renewal;

/// <summary>What a shell renews, as Use-MfaSession -Renew was told.</summary>
internal sealed class RenewalTerms
{
    public static TimeSpan UsualNotice { get; } = TimeSpan.FromMinutes(10);

    public required string Profile { get; init; }

    public string? SessionProfile { get; init; }

    public string? SerialNumber { get; init; }

    public string? Region { get; init; }

    public TimeSpan? Duration { get; init; }

    /// <summary>With this much time left, or less, a session is renewed.</summary>
    public required TimeSpan Notice { get; init; }

    /// <summary>The session is named in AWS_PROFILE, and no key is in the environment.</summary>
    public required bool IsByProfile { get; init; }

    /// <summary>A person may be asked here.</summary>
    public required bool MayAsk { get; init; }

    /// <summary>The same as a request.</summary>
    /// <param name="minimumRemaining">A stored session with this much left, or less, is none.</param>
    public SessionRequest Request(TimeSpan minimumRemaining) => new()
    {
        Profile = Profile,
        SessionProfile = SessionProfile,
        SerialNumber = SerialNumber,
        Region = Region,
        Duration = Duration,
        MinimumRemaining = minimumRemaining,
    };
}
