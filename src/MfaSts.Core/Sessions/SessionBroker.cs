using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Iam;
using MfaSts.Profiles;
using MfaSts.Roles;
using MfaSts.Stores;
using MfaSts.Sts;

namespace MfaSts.Sessions;

/// <summary>
/// Gets sessions: a usable stored one first; else one code, one call, one write. Asking the person is left to the caller, between
/// <see cref="Prepare"/> and <see cref="RedeemAsync"/>, since only the caller knows how.
/// </summary>
/// <param name="files">The AWS files.</param>
/// <param name="variables">The environment.</param>
/// <param name="sts">Gives the gateway to AWS. It is called only when a call is to be made, so that nothing is loaded before.</param>
/// <param name="clock">The clock.</param>
/// <param name="stores">Where secrets are kept that are not in the file.</param>
public sealed class SessionBroker(AwsFiles files, EnvironmentVariables variables, Func<ISts> sts, TimeProvider clock, KeyStores stores)
{
    // Longer than a store's question and a call may take: who waits here waits for another process's.
    private static readonly TimeSpan SessionLockLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan WaitForOtherLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ToleratedSkew = TimeSpan.FromSeconds(60);

    private readonly SessionStore _store = new(files, clock);
    private readonly SessionPlanner _planner = new(files, variables, clock);
    private readonly SecretReader _secrets = new(files, stores);

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
        CodeCommandLoop.Refuse(plan.Source, variables, files.Config);
        files.Credentials.RequireWritable();
        _store.Rehearse(plan.Target);
        return plan;
    }

    /// <summary>Resolves and checks all that a role needs, so that no code is asked for in vain. No call is made.</summary>
    /// <returns>Null when no role is wanted.</returns>
    /// <exception cref="MfaException">What is missing or wrong.</exception>
    public RolePlan? PrepareRole(SessionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_planner.PlanRole(request) is not { } plan)
        {
            return null;
        }

        files.Credentials.RequireWritable();
        _store.Rehearse(plan.Target);
        return plan;
    }

    /// <summary>What the code is needed for, when a role is taken with the long-term keys.</summary>
    /// <exception cref="MfaException">SerialNumberMissing, SerialNumberInvalid.</exception>
    public SessionPlan PrepareDirect(RolePlan role)
    {
        ArgumentNullException.ThrowIfNull(role);
        return _planner.PlanDirect(role);
    }

    /// <summary>What gives the session with which a role is taken.</summary>
    /// <returns>Null when no role is wanted.</returns>
    public SessionRequest? SourceOf(SessionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _planner.SourceOf(request);
    }

    /// <summary>
    /// What is asked for when a code is needed: the user's own session at the end of a role's chain, or what is wanted itself.
    /// </summary>
    public SessionRequest AskedFor(SessionRequest request) => SourceOf(request) is { } source ? AskedFor(source) : request;

    /// <summary>
    /// The profile, when no MFA device is known for it; else null. No call is made. All else that a new session needs is checked before it
    /// is given, so that AWS is not asked for a device in vain.
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

    /// <summary>
    /// Reads the secret of a plan's keys from the store that keeps it. To be called before a code is asked for, and as late as can be: a
    /// store may ask for its password.
    /// </summary>
    /// <returns>The same plan.</returns>
    /// <exception cref="MfaException">StoreLocked, StoreEntryMissing, StoreUnavailable.</exception>
    public async Task<SessionPlan> UnlockAsync(SessionPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Unlocked is null)
        {
            var stored = _planner.FindStored(plan.Request);
            plan.Unlocked = await _secrets
                .UnlockAsync(plan.Credential, stored is { IsExpired: false } ? stored.Expiration : null, cancellationToken)
                    .ConfigureAwait(false);
        }

        return plan;
    }

    /// <summary>Asks AWS whose a profile's long-term keys are. No code is needed for that.</summary>
    /// <exception cref="MfaException">LongTermCredentialRejected when AWS does not accept them; StoreLocked, StoreEntryMissing,
    /// StoreUnavailable.</exception>
    public async Task<CallerIdentity> IdentifyAsync(IdentityPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var unlocked = await _secrets.UnlockAsync(plan.Credential, serves: null, cancellationToken).ConfigureAwait(false);
        var answer = await sts().GetCallerIdentityAsync(plan.Call.SignedBy(unlocked), cancellationToken).ConfigureAwait(false);
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

    /// <summary>Whether a profile, or the source of its role, has an mfa_process.</summary>
    public bool HasCodeCommand(string profile) => _planner.HasCodeCommand(new SessionRequest { Profile = profile });

    /// <summary>
    /// Whether a new session could be had without asking anybody: by an mfa_process, or of a role whose source's session lives.
    /// </summary>
    public bool CanRenewUnasked(SessionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return HasCodeCommand(request)
            || (_planner.SourceOf(request) is { } source && (FindUsable(source) is not null || CanRenewUnasked(source)));
    }

    internal bool HasCodeCommand(SessionRequest request) => _planner.HasCodeCommand(request);

    /// <summary>Tells other processes that this one is asking for the code, and learns who else is.</summary>
    public AskingLease BeginAsking(SessionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return BeginAsking(plan.Source);
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
        for (var pause = FirstPause;
            clock.GetUtcNow() - start < WaitForOtherLimit;
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 3 / 2, LongestPause.Ticks)))
        {
            if (FindNewer(plan) is { } session)
            {
                return session;
            }

            if (AskingLease.DeclinedAt(folder, plan.Source) >= start)
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
    /// Trades a code for a session and stores it. When another process has got one since the plan was made, that one is given and the code
    /// is not sent.
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
        using var ofRole = TakeRoleLock(plan.Role, cancellationToken);
        using var held = files.Credentials.TakeLock("session", plan.Source, SessionLockLimit, out var folder, cancellationToken);
        if (FindNewer(plan) is { } session)
        {
            return new SessionResult(session, []);
        }

        // Once more, now that nobody else of ours writes: the file may have changed since the code was asked for.
        _store.Rehearse(plan.Target);
        await UnlockAsync(plan, cancellationToken).ConfigureAwait(false);
        var answer = await SendOnceAsync(plan, digits, new UsedCodeGuard(folder, clock), cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var result = Keep(plan.Target, answer);
        return held.Warning is null ? result : new SessionResult(result.Session, [.. result.Warnings, held.Warning]);
    }

    /// <summary>
    /// Takes a role with a session and stores the session that comes of it; no code is needed. When another process has got one since the
    /// plan was made, that one is given and nothing is sent.
    /// </summary>
    /// <param name="plan">From <see cref="PrepareRole"/>.</param>
    /// <param name="source">The session to take it with.</param>
    /// <param name="isEarly">A session of the role still lives: while a try of the last minute has failed, none is made.</param>
    /// <param name="cancellationToken">Ends a wait or the call at once; nothing is written then.</param>
    /// <returns>Null when an early try has failed within the last minute.</returns>
    /// <exception cref="MfaException">SessionExpired when AWS does not accept the source's session; any of the catalogue.</exception>
    public async Task<SessionResult?> AssumeAsync(RolePlan plan, MfaSession source, bool isEarly, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(source);
        using var held = TakeRoleLock(plan, cancellationToken);
        if (FindNewer(plan.Request, plan.StoredAccessKeyId) is { } session)
        {
            return new SessionResult(session, []);
        }

        var failure = isEarly ? new RenewalFailure(files, plan.Profile, clock) : null;
        if (failure?.IsRecent == true)
        {
            return null;
        }

        _store.Rehearse(plan.Target);
        try
        {
            var gateway = sts();
            var call = plan.Call.SignedBy(source.AccessKeyId, source.SecretAccessKey, source.SessionToken);
            string? userName = RoleCallBuilder.NeedsUserName(plan)
                ? await UserNameAsync(gateway, plan, source, cancellationToken).ConfigureAwait(false)
                : null;
            var answer =
                await gateway.AssumeRoleAsync(call, RoleCallBuilder.Build(plan, userName, tokenCode: null), cancellationToken)
                    .ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return Keep(plan.Target, answer);
        }
        catch (MfaException)
        {
            failure?.Note();
            throw;
        }
    }

    /// <summary>Tries again to write the sessions of this process that could not be written before.</summary>
    /// <returns>Why they still cannot; null when none is left.</returns>
    public MfaException? WriteUnstored(CancellationToken cancellationToken) => _store.WriteUnstored(cancellationToken);

    /// <summary>Takes a session that AWS no longer accepts out of the file, unless another one is there by now.</summary>
    public void Forget(MfaSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        _store.Remove(session, cancellationToken);
    }

    // The user's own session knows it as well as the long-term keys do: no store is unlocked only for that.
    private async Task<string?> UserNameAsync(ISts gateway, RolePlan plan, MfaSession source, CancellationToken cancellationToken)
    {
        var keys = plan.Chain.Credential;
        var call = keys.SecretAccessKey is null && source.AssumedRoleArn is null
            ? plan.Call.SignedBy(source.AccessKeyId, source.SecretAccessKey, source.SessionToken)
            : plan.Call.SignedBy(await _secrets.UnlockAsync(keys, serves: null, cancellationToken).ConfigureAwait(false));
        return IamUserArn.NameOf((await gateway.GetCallerIdentityAsync(call, cancellationToken).ConfigureAwait(false)).Value.Arn);
    }

    // An expired session is of no use to anybody, whatever the request says.
    private bool IsUsable(MfaSession session, SessionRequest request) =>
        !session.IsExpired && session.Remaining > Minimum(session, request) && !IsOfShorterRoute(session, request);

    // More than an hour of a role comes from the long-term keys only: a session of the hour's route is not what was asked for.
    private static bool IsOfShorterRoute(MfaSession session, SessionRequest request) =>
        request.Duration > RoleDuration.MostOfChain && session is { SessionSource: not null, IsDirect: false };

    // A role's session is short: of its life, a quarter is asked for at most.
    private TimeSpan Minimum(MfaSession session, SessionRequest request)
    {
        if (session.AssumedRoleArn is null || session.SessionSource is null)
        {
            return request.MinimumRemaining;
        }

        // One that was got with a code of its own is not replaced by one of less worth before it must be.
        var quarter = session.IsDirect ? SessionRequest.UsualMinimumRemaining : _planner.Life(session.Profile) / 4;
        return quarter < request.MinimumRemaining ? quarter : request.MinimumRemaining;
    }

    private FileLock? TakeRoleLock(RolePlan? plan, CancellationToken cancellationToken) =>
        plan?.Section is { } section ? files.Credentials.TakeLock("role", section, SessionLockLimit, out _, cancellationToken) : null;

    private SessionResult Keep(SessionTarget target, StsAnswer<TemporaryCredential> answer)
    {
        var offset = answer.ServiceTime - clock.GetUtcNow() ?? TimeSpan.Zero;
        bool isSkewed = offset.Duration() >= ToleratedSkew;
        string?[] warnings =
        [
            isSkewed ? SkewWarning(offset) : null, _store.Write(target, answer.Value), _store.TellStscreds(target, answer.Value),
        ];
        var session = SessionStore.Show(target, answer.Value, isSkewed ? new CorrectedClock(clock, offset) : clock);
        return new SessionResult(session, [.. warnings.OfType<string>()]);
    }

    private static string SkewWarning(TimeSpan offset) =>
        MfaErrors.ClockSentence(offset) + " Set the clock: until then, the time left of stored sessions is wrong by as much.";

    private MfaSession? FindNewer(SessionPlan plan) => FindNewer(plan.Request, plan.StoredAccessKeyId);

    private MfaSession? FindNewer(SessionRequest request, string? storedAccessKeyId)
    {
        var stored = _planner.FindStored(request);
        bool isNew = stored is not null && (!request.Force || stored.AccessKeyId != storedAccessKeyId);
        return isNew && IsUsable(stored!, request) ? stored : null;
    }

    private async Task<StsAnswer<TemporaryCredential>> SendOnceAsync(
        SessionPlan plan, string code, UsedCodeGuard guard, CancellationToken cancellationToken)
    {
        // The gateway first: loading it may fail, and then the code is unspent.
        var gateway = sts();
        var keys = plan.Unlocked!;
        if (!guard.TryRecord(plan.SerialNumber, keys.SecretAccessKey!, code, cancellationToken))
        {
            throw MfaErrors.TokenCodeAlreadyUsed(plan.Profile, plan.SerialNumber);
        }

        try
        {
            return plan.Role is { } role
                ? await AssumeDirectlyAsync(gateway, role, keys, code, cancellationToken).ConfigureAwait(false)
                : await gateway.GetSessionTokenAsync(plan.Call.SignedBy(keys), plan.SerialNumber, code, plan.Duration, cancellationToken)
                    .ConfigureAwait(false);
        }
        catch (MfaException e) when (e.NothingWasSent)
        {
            guard.TakeBack(plan.SerialNumber, keys.SecretAccessKey!, code);
            throw;
        }
    }

    // STS names no limit, and each try costs a code: so a refusal is remembered.
    private async Task<StsAnswer<TemporaryCredential>> AssumeDirectlyAsync(
        ISts gateway, RolePlan role, LongTermCredential keys, string code, CancellationToken cancellationToken)
    {
        try
        {
            return await gateway.AssumeRoleAsync(
                role.Call.SignedBy(keys), RoleCallBuilder.Build(role, userName: null, code), cancellationToken).ConfigureAwait(false);
        }
        catch (MfaException e) when (e.Error.Id == MfaErrorId.RoleDurationRefused)
        {
            new RoleDurationMemory(files, clock).Note(role.RoleArn, role.Duration);
            throw;
        }
    }
}
