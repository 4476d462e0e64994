using MfaSts.Errors;
using MfaSts.Profiles;
using MfaSts.Sessions;

namespace MfaSts.Cli;

/// <summary>Gets sessions for the commands: stored ones first, else by a code from wherever one can be had.</summary>
/// <param name="host">The outside.</param>
/// <param name="messages">What is said to the person.</param>
internal sealed class SessionSource(CliHost host, Messages messages)
{
    private readonly SessionBroker _broker = new(host.Files, host.Variables, host.Aws, host.Clock);

    /// <summary>The profile to work on when none is named.</summary>
    public string ProfileOrDefault(string? profile) =>
        ProfileName.Require(profile ?? new SessionStore(host.Files, host.Clock).DefaultProfile(host.Variables));

    /// <summary>The stored session, when it has enough time left.</summary>
    public MfaSession? FindUsable(SessionRequest request) => _broker.FindUsable(request);

    /// <summary>How long a profile's sessions live as configured.</summary>
    public TimeSpan LifeOf(string profile) => _broker.LifeOf(profile);

    /// <summary>A session: the stored one while it is usable, else a new one.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="tokenCode">The code, when it was given.</param>
    /// <param name="isExplicit">A person called for this session. Otherwise, while another process asks, it is waited for and not asked here too.</param>
    /// <param name="cancellationToken">Ends every wait at once.</param>
    public async Task<MfaSession> GetAsync(SessionRequest request, string? tokenCode, bool isExplicit, CancellationToken cancellationToken)
    {
        if (_broker.FindUsable(request) is { } stored)
        {
            messages.Detail($"The stored session of profile '{request.Profile}' has {DurationText.Format(stored.Remaining)} left.");
            return stored;
        }

        // An SDK waits for a process that it runs by itself: there AWS is asked for the device only when the code can be asked for, too.
        if (_broker.ProfileWithoutDevice(request) is { } profile && (isExplicit || host.Terminal.WhyNotAsk() is null))
        {
            await new DeviceSource(host, messages).StoreAsync(profile, request.Region, _broker, isExplicit, cancellationToken).ConfigureAwait(false);
        }

        var plan = _broker.Prepare(request);
        messages.Detail(plan.Details);
        foreach (string warning in plan.Warnings)
        {
            messages.Warn(warning);
        }

        return await RenewAsync(plan, tokenCode, isExplicit, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether a profile has an mfa_process.</summary>
    public bool HasCodeCommand(string profile) => _broker.HasCodeCommand(profile);

    /// <summary>A new session by the profile's mfa_process, in place of one that still lives.</summary>
    /// <returns>Null when another process is at it, or has just failed: the caller goes on with the session that there is.</returns>
    public async Task<MfaSession?> TryRenewUnaskedAsync(SessionRequest request, RenewalWindow window, CancellationToken cancellationToken)
    {
        var plan = _broker.Prepare(request);
        using var lease = _broker.BeginAsking(plan);
        return lease.OtherHolder is null && !window.HasJustFailed
            ? await AskAsync(plan, lease, isExplicit: false, cancellationToken).ConfigureAwait(false)
            : null;
    }

    private async Task<MfaSession> RenewAsync(SessionPlan plan, string? tokenCode, bool isExplicit, CancellationToken cancellationToken)
    {
        if (tokenCode is not null)
        {
            return await RedeemAsync(plan, tokenCode, cancellationToken).ConfigureAwait(false);
        }

        if (plan.CodeCommand is null && host.Terminal.WhyNotAsk() is { } whyNot)
        {
            throw MfaErrors.TokenCodeRequired(plan.Profile, whyNot);
        }

        using var lease = _broker.BeginAsking(plan);
        if (lease.OtherHolder is null)
        {
            return await AskAsync(plan, lease, isExplicit, cancellationToken).ConfigureAwait(false);
        }

        // An mfa_process that runs already gives the session for here too: running it twice would ask its person twice.
        if (!isExplicit || plan.CodeCommand is not null)
        {
            return await _broker.WaitForOtherAsync(plan, cancellationToken).ConfigureAwait(false)
                ?? await RenewAsync(plan, tokenCode: null, isExplicit, cancellationToken).ConfigureAwait(false);
        }

        messages.Say($"A code for profile '{plan.Profile}' is being asked for by {lease.OtherHolder} already; answer there or here.");
        return await AskAsync(plan, lease, isExplicit, cancellationToken).ConfigureAwait(false);
    }

    private async Task<MfaSession> AskAsync(SessionPlan plan, AskingLease lease, bool isExplicit, CancellationToken cancellationToken)
    {
        // Between the first look and the lease another process may have been asked and answered.
        if (!plan.Request.Force && _broker.FindUsable(plan.Request) is { } meanwhile)
        {
            return meanwhile;
        }

        try
        {
            string code = plan.CodeCommand is not null
                ? await CodeCommand.RunAsync(plan, host.Files.Config, cancellationToken).ConfigureAwait(false)
                : host.Terminal.AskSecret($"MFA code for profile '{plan.Profile}' ({plan.SerialNumber}): ", cancellationToken)
                    ?? throw MfaErrors.TokenCodeRequired(plan.Profile, "nobody answered on the terminal");
            return await RedeemAsync(plan, code, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!isExplicit && e is MfaException or OperationCanceledException)
        {
            // Those who wait for this answer must not each ask again.
            lease.Decline();
            throw;
        }
    }

    private async Task<MfaSession> RedeemAsync(SessionPlan plan, string code, CancellationToken cancellationToken)
    {
        var result = await _broker.RedeemAsync(plan, code, cancellationToken).ConfigureAwait(false);
        foreach (string warning in result.Warnings)
        {
            messages.Warn(warning);
        }

        return result.Session;
    }
}
