using MfaSts.Sessions;

namespace MfaSts.PowerShell.Parameters;

/// <summary>What a tooltip tells of a session.</summary>
internal static class SessionWords
{
    public static string StateOf(MfaSessionInfo session) => session switch
    {
        { State: MfaSessionState.Usable, Remaining: { } left } => DurationText.Format(left) + " left",
        { State: MfaSessionState.Expiring, Remaining: { } left } => $"Expiring, {DurationText.Format(left)} left",
        _ => session.State.ToString(),
    };
}
