using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Sts;

namespace MfaSts.Sessions;

/// <summary>
/// Gets sessions: a usable stored one first; else one code, one call, one write. Asking the person is left to the caller, between <see cref="Prepare"/> and
/// <see cref="RedeemAsync"/>, since only the caller knows how.
/// </summary>
/// <param name="files">The AWS files.</param>
/// <param name="variables">The environment.</param>
/// <param name="sts">Gives the gateway to AWS. It is called only when a call is to be made, so that nothing is loaded before.</param>
/// <param name="clock">The clock.</param>
public sealed class SessionBroker(AwsFiles files, EnvironmentVariables variables, Func<ISts> sts, TimeProvider clock)
{
    // Longer than a call may take: who waits here waits for another process's call.
    private static readonly TimeSpan SessionLockLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan WaitForOtherLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ToleratedSkew = TimeSpan.FromSeconds(60);

    private readonly SessionStore _store = new(files, clock);
    private readonly SessionPlanner _planner = new(files, variables, clock);

    /// <summary>The stored session, when it has enough time left. No network, no lock, and nothing is loaded for it.</summary>
    /// <returns>Null when a code is needed.</returns>
    public MfaSession? FindUsable(SessionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var session = request.Force ? null : _planner.FindStored(request);
        return session is not null && IsUsable(session, request) ? session : null;
    }

    /// <summary>Resolves and checks all that a new session needs, so that no code is spent on a call that must fail.</summary>
    /// <exception cref="MfaException">What is missing or wrong.</exception>
    public SessionPlan Prepare(SessionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var plan = _planner.Plan(request);
        files.Credentials.RequireWritable();
        _store.Rehearse(plan);
        return plan;
    }

    /// <summary>
    /// The profile, when no MFA device is known for it; else null. No call is made. All else that a new session needs is checked before it is given, so that AWS
    /// is not asked for a device in vain.
    /// </summary>
    /// <exception cref="MfaException">What is missing or wrong besides.</exception>
    public string? ProfileWithoutDevice(SessionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        string? profile = _planner.ProfileWithoutDevice(request);
        if (profile is not null)
        {
            files.Credentials.RequireWritable();
        }

        return profile;
    }

    /// <summary>Resolves what it takes to ask AWS whose a profile's long-term keys are. No call is made.</summary>
    /// <exception cref="MfaException">LongTermCredentialNotFound, RegionMismatch, or an endpoint that is none.</exception>
    public IdentityPlan PrepareIdentity(string profile, string? region) => _planner.PlanIdentity(profile, region);

    /// <summary>Asks AWS whose a profile's long-term keys are. No code is needed for that.</summary>
    /// <exception cref="MfaException">LongTermCredentialRejected when AWS does not accept them.</exception>
    public async Task<CallerIdentity> IdentifyAsync(IdentityPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var answer = await sts().GetCallerIdentityAsync(plan.Call, cancellationToken).ConfigureAwait(false);
        return answer.Value;
    }

    /// <summary>Asks AWS whose keys are that are yet to be stored, so that none are stored that it does not accept.</summary>
    /// <exception cref="MfaException">LongTermCredentialRejected when AWS does not accept them.</exception>
    public async Task<CallerIdentity> IdentifyAsync(LongTermCredentialChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var answer = await sts().GetCallerIdentityAsync(_planner.PlanIdentity(change), cancellationToken).ConfigureAwait(false);
        return answer.Value;
    }

    /// <summary>Asks AWS whose a session is.</summary>
    /// <exception cref="MfaException">SessionExpired when AWS no longer accepts it.</exception>
    public async Task<CallerIdentity> IdentifyAsync(MfaSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var answer = await sts().GetCallerIdentityAsync(_planner.PlanIdentity(session), cancellationToken).ConfigureAwait(false);
        return answer.Value;
    }

    /// <summary>How long a profile's sessions live as configured.</summary>
    public TimeSpan LifeOf(string profile) => _planner.Life(profile);

    /// <summary>Whether a profile has an mfa_process.</summary>
    public bool HasCodeCommand(string profile) => _planner.HasCodeCommand(profile);

    /// <summary>Tells other processes that this one is asking for the code, and learns who else is.</summary>
    public AskingLease BeginAsking(SessionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return BeginAsking(plan.Profile);
    }

    /// <summary>Tells other processes that this one is asking something about a profile, and learns who else is.</summary>
    public AskingLease BeginAsking(string profile) =>
        StoreFailure.Translate(files.Credentials.Path, "locked", () => AskingLease.Take(files.Credentials.MakeFolders(), profile));

    /// <summary>Waits while another process asks for the code, without asking here.</summary>
    /// <returns>Its session; null when its process died, so that somebody else must ask.</returns>
    /// <exception cref="MfaException">TokenCodeRequired: the person declined, or nobody answered for three minutes.</exception>
    public async Task<MfaSession?> WaitForOtherAsync(SessionPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var folder = files.Credentials.MakeFolders();
        var start = clock.GetUtcNow();

        // Longer each time: sixty that look twenty times a second leave the one that asks no processor to get the session with.
        for (var pause = FirstPause; clock.GetUtcNow() - start < WaitForOtherLimit; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 3 / 2, LongestPause.Ticks)))
        {
            if (FindNewer(plan) is { } session)
            {
                return session;
            }

            if (AskingLease.DeclinedAt(folder, plan.Profile) >= start)
            {
                break;
            }

            using var lease = BeginAsking(plan);
            if (lease.OtherHolder is null)
            {
                // Its holder may have stored the session between the look above and its end.
                return FindNewer(plan);
            }

            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
        }

        throw MfaErrors.TokenCodeRequired(plan.Profile, "another process asked for it and got none");
    }

    /// <summary>
    /// Trades a code for a session and stores it. When another process has got one since the plan was made, that one is given and the code is not sent.
    /// </summary>
    /// <param name="plan">From <see cref="Prepare"/>.</param>
    /// <param name="code">Six digits.</param>
    /// <param name="cancellationToken">Ends a wait or the call at once; nothing is written then.</param>
    /// <exception cref="MfaException">Any of the catalogue.</exception>
    public async Task<SessionResult> RedeemAsync(SessionPlan plan, string code, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (FindNewer(plan) is { } overtaking)
        {
            // Before a word about the code, which nobody needs any more.
            return new SessionResult(overtaking, []);
        }

        string digits = TokenCode.Require(plan.Profile, code);
        using var held = files.Credentials.TakeLock("session", plan.Profile, SessionLockLimit, out var folder, cancellationToken);
        if (FindNewer(plan) is { } session)
        {
            return new SessionResult(session, []);
        }

        // Once more, now that nobody else of ours writes: the file may have changed since the code was asked for.
        _store.Rehearse(plan);
        var answer = await SendOnceAsync(plan, digits, new UsedCodeGuard(folder, clock), cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var offset = answer.ServiceTime - clock.GetUtcNow() ?? TimeSpan.Zero;
        bool isSkewed = offset.Duration() >= ToleratedSkew;
        var written = _store.Write(plan, answer.Value, isSkewed ? new CorrectedClock(clock, offset) : clock, CancellationToken.None);
        string?[] warnings = [isSkewed ? SkewWarning(offset) : null, _store.TellStscreds(plan, answer.Value)];
        return new SessionResult(written, [.. warnings.OfType<string>()]);
    }

    // An expired session is of no use to anybody, whatever the request says.
    private static bool IsUsable(MfaSession session, SessionRequest request) => !session.IsExpired && session.Remaining > request.MinimumRemaining;

    private static string SkewWarning(TimeSpan offset) =>
        MfaErrors.ClockSentence(offset) + " Set the clock: until then, the time left of stored sessions is wrong by as much.";

    private MfaSession? FindNewer(SessionPlan plan)
    {
        var stored = _planner.FindStored(plan.Request);
        bool isNew = stored is not null && (!plan.Request.Force || stored.AccessKeyId != plan.StoredAccessKeyId);
        return isNew && IsUsable(stored!, plan.Request) ? stored : null;
    }

    private async Task<StsAnswer<TemporaryCredential>> SendOnceAsync(
        SessionPlan plan, string code, UsedCodeGuard guard, CancellationToken cancellationToken)
    {
        // The gateway first: loading it may fail, and then the code is unspent.
        var gateway = sts();
        if (!guard.TryRecord(plan.SerialNumber, plan.Credential.SecretAccessKey, code, cancellationToken))
        {
            throw MfaErrors.TokenCodeAlreadyUsed(plan.Profile, plan.SerialNumber);
        }

        try
        {
            return await gateway.GetSessionTokenAsync(plan.Call, plan.SerialNumber, code, plan.Duration, cancellationToken).ConfigureAwait(false);
        }
        catch (MfaException e) when (e.NothingWasSent)
        {
            guard.TakeBack(plan.SerialNumber, plan.Credential.SecretAccessKey, code);
            throw;
        }
    }
}
