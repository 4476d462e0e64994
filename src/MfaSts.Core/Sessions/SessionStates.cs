namespace MfaSts.Sessions;

internal static class SessionStates
{
    /// <summary>A session with less than this left is not handed out: a command started with it could fail half-way.</summary>
    public static TimeSpan MinimumRemaining { get; } = TimeSpan.FromMinutes(5);

    public static MfaSessionState Of(DateTimeOffset? expiration, DateTimeOffset now) => expiration switch
    {
        null => MfaSessionState.Unknown,
        var end when end <= now => MfaSessionState.Expired,
        var end when end - now <= MinimumRemaining => MfaSessionState.Expiring,
        _ => MfaSessionState.Usable,
    };
}
