namespace MfaSts.Sessions;

/// <summary>A session, and what the user should know about how it was got.</summary>
/// <param name="session">The session.</param>
/// <param name="warnings">Sentences for the user.</param>
public sealed class SessionResult(MfaSession session, IReadOnlyList<string> warnings)
{
    /// <summary>The session.</summary>
    public MfaSession Session { get; } = session;

    /// <summary>Sentences for the user.</summary>
    public IReadOnlyList<string> Warnings { get; } = warnings;
}
