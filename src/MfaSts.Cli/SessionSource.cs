using MfaSts.Profiles;
using MfaSts.Sessions;

namespace MfaSts.Cli;

/// <summary>Gets sessions for the commands: stored ones first, else by a code from wherever one can be had.</summary>
/// <param name="host">The outside.</param>
/// <param name="messages">What is said to the person.</param>
internal sealed class SessionSource(CliHost host, Messages messages)
{
    /// <summary>The sessions.</summary>
    public SessionBroker Broker { get; } = new(host.Files, host.Variables, host.Aws, host.Clock, host.Stores);

    /// <summary>The profile to work on when none is named.</summary>
    public string ProfileOrDefault(string? profile) =>
        ProfileName.Require(profile ?? new SessionStore(host.Files, host.Clock).DefaultProfile(host.Variables));

    /// <summary>The stored session, when it has enough time left.</summary>
    public MfaSession? FindUsable(SessionRequest request) => Broker.FindUsable(request);

    /// <summary>How long a profile's sessions live as configured.</summary>
    public TimeSpan LifeOf(string profile) => Broker.LifeOf(profile);

    /// <summary>Whether a new session could be had without asking anybody.</summary>
    public bool CanRenewUnasked(SessionRequest request) => Broker.CanRenewUnasked(request);

    /// <summary>A session: the stored one while it is usable, else a new one.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="tokenCode">The code, when it was given.</param>
    /// <param name="isExplicit">A person called for this session. Otherwise, while another process asks, it is waited for and not asked
    /// here too.</param>
    /// <param name="cancellationToken">Ends every wait at once.</param>
    public MfaSession Get(SessionRequest request, string? tokenCode, bool isExplicit, CancellationToken cancellationToken) =>
        Flow(isExplicit, cancellationToken).Get(request, tokenCode)!;

    /// <summary>A new session without a question, in place of one that still lives.</summary>
    /// <returns>Null when another process is at it, or has just failed: the caller goes on with the session that there is.</returns>
    public MfaSession? TryRenewUnasked(SessionRequest request, CancellationToken cancellationToken) =>
        Flow(isExplicit: false, cancellationToken).TryRenewUnasked(request);

    /// <summary>The profile for which a code is asked when the session that is wanted needs one: that of a role's long-term keys.</summary>
    public string ProfileAskedFor(SessionRequest request) => Broker.AskedFor(request).Profile;

    private SessionFlow Flow(bool isExplicit, CancellationToken cancellationToken) =>
        new(Broker, host.Files, host.Clock, new SessionCaller(host, messages, Broker, isExplicit, cancellationToken));
}
