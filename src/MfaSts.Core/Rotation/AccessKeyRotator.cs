using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Iam;
using MfaSts.Profiles;
using MfaSts.Sessions;
using MfaSts.Stores;

namespace MfaSts.Rotation;

/// <summary>
/// Replaces a long-term access key by a new one (IAM user guide, "Update access keys"): make it, prove it, store it, look whether it is
/// stored, and only then switch the old one off and remove it. Whatever stops it, a key that AWS accepts is stored; what is left to undo is
/// said.
/// </summary>
/// <param name="files">The AWS files.</param>
/// <param name="variables">The environment.</param>
/// <param name="aws">Gives the gateway to AWS.</param>
/// <param name="stores">Where secrets are kept that are not in the file.</param>
public sealed class AccessKeyRotator(AwsFiles files, EnvironmentVariables variables, Func<IAwsGateway> aws, KeyStores stores)
{
    /// <summary>AWS refuses a new key until all its servers know it, which takes some seconds.</summary>
    private static readonly TimeSpan ProofLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);

    private readonly LongTermCredentialStore _store = new(files);
    private readonly StsCallBuilder _calls = new(variables);
    private readonly StoredAccessKey _stored = new(files);
    private readonly SecretReader _secrets = new(files, stores);
    private readonly KeyEntries _entries = new(files, stores);

    /// <summary>Waits between two proofs; a test need not.</summary>
    internal Func<TimeSpan, CancellationToken, Task> Pause { get; init; } = Task.Delay;

    /// <summary>Looks whether the key can be replaced, and makes nothing.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="session">A session of the user's own, got with MFA: a policy that enforces it lets nobody touch keys without.</param>
    /// <param name="region">The region that the caller gave, or null.</param>
    /// <param name="store">The store that the new secret goes to; null: the one where the old one is.</param>
    /// <param name="cancellationToken">Ends every call at once.</param>
    /// <exception cref="MfaException">
    /// LongTermCredentialNotFound, LongTermCredentialRejected; AccessKeyLimit: the user has two keys already; AccessDenied; the Store
    /// errors: it could not be written; StoreLocked, StoreEntryMissing, StoreUnavailable; ProfileUnsuitable: a key_process gives the key,
    /// or its section can name no store; StoreBusy: another process is replacing a key. </exception>
    public async Task<RotationPlan> PrepareAsync(
        string profile, MfaSession session, string? region, string? store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        string lockPath = files.Credentials.MakeFolders().File("rotation");
        var held = StoreFailure.Translate(files.Credentials.Path, "locked", () => FileLock.TryTake(lockPath))
            ?? throw MfaErrors.StoreBusy(files.Credentials.Path, FileLock.ReadHolder(lockPath));
        try
        {
            return await PrepareLockedAsync(profile, session, region, store, held, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private async Task<RotationPlan> PrepareLockedAsync(
        string profile, MfaSession session, string? region, string? store, FileLock held, CancellationToken cancellationToken)
    {
        var settings = MfaProfile.Read(profile, files);
        var credential = _store.Find(settings) ?? throw _store.NotFound(profile);
        string target = Target(credential, store);
        _stored.RequireReplaceable(credential, target);
        var old = credential;
        credential = await _secrets.UnlockAsync(credential, serves: null, cancellationToken).ConfigureAwait(false);
        var gateway = aws();
        var stsCall = _calls.Build(settings, credential, region, credential.SerialNumber).Call;
        var identity = await gateway.GetCallerIdentityAsync(stsCall, cancellationToken).ConfigureAwait(false);
        var iamCall = _calls.BuildIam(settings, credential, region, credential.SerialNumber)
            .SignedBy(session.AccessKeyId, session.SecretAccessKey, session.SessionToken);
        string? userName = IamUserArn.NameOf(identity.Value.Arn);
        var keys = (await gateway.ListAccessKeysAsync(iamCall, userName, cancellationToken).ConfigureAwait(false)).Value;
        var known = RequireOnly(profile, credential, keys);
        var needed = _stored.Stores(old, target);
        foreach (string name in needed)
        {
            await _entries.ProbeAsync(profile, name, cancellationToken).ConfigureAwait(false);
        }

        return new RotationPlan(old, stsCall, iamCall, held)
        {
            Profile = profile,
            Store = target,
            Stores = needed,
            AccessKeyId = known.AccessKeyId,
            CreateDate = known.CreateDate,
            UserName = userName,
            Places = _stored.Places(credential),
        };
    }

    /// <summary>Replaces the key.</summary>
    /// <param name="plan">From <see cref="PrepareAsync"/>.</param>
    /// <param name="cancellationToken">
    /// Until the new key is stored: the new key is removed again, and the old one stays. Later it is too late to turn back, and it is not
    /// heard. </param>
    /// <returns>The new key as it is stored.</returns>
    /// <exception cref="MfaException">RotationFailed: which key is stored, and what is left to undo.</exception>
    public async Task<LongTermCredential> RotateAsync(RotationPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        cancellationToken.ThrowIfCancellationRequested();
        var gateway = aws();
        var created = await CreateAsync(gateway, plan).ConfigureAwait(false);
        bool isStored = false;
        try
        {
            foreach (string name in plan.Stores)
            {
                await _entries.PutAsync(plan.Profile, name, created.AccessKeyId, created.SecretAccessKey, cancellationToken)
                    .ConfigureAwait(false);
            }

            await ProveAsync(gateway, plan, created, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            _stored.Replace(plan.Old, plan.Store, created, stored => isStored = stored);
            if (!isStored)
            {
                throw MfaErrors.RotationOvertaken(plan.Profile, plan.AccessKeyId);
            }
        }
        catch (Exception e) when (!isStored && e is MfaException or OperationCanceledException)
        {
            await ForgetAsync(plan.Stores, created.AccessKeyId).ConfigureAwait(false);
            await UndoAsync(gateway, plan, created, e).ConfigureAwait(false);
            throw;
        }
        catch (MfaException e)
        {
            throw MfaErrors.RotationUnfinished(plan.Profile, created.AccessKeyId, plan.AccessKeyId, plan.UserName, e.Error.Message);
        }

        await RemoveOldAsync(gateway, plan, created).ConfigureAwait(false);
        plan.Warnings = await ForgetAsync([.. plan.Stores, plan.Old.Store], plan.AccessKeyId).ConfigureAwait(false);
        return _store.Find(plan.Profile)!;
    }

    // The section of an older layout, which other tools read, cannot say that the secret is elsewhere.
    private static string Target(LongTermCredential credential, string? store)
    {
        if (credential.Store == KeyStoreName.KeyProcess)
        {
            throw MfaErrors.KeysComeFromCommand(credential.Profile, credential.Path);
        }

        string target = store is null ? credential.Store : KeyStoreName.Require(credential.Profile, store);
        return target == KeyStoreName.File || credential.Layout == LongTermLayout.Own
            ? target
            : throw MfaErrors.LayoutNamesNoStore(credential.Profile, credential.Section, credential.Path, target);
    }

    private async Task<IReadOnlyList<string>> ForgetAsync(IEnumerable<string> names, string accessKeyId)
    {
        var warnings = new List<string>();
        foreach (string name in names.Distinct())
        {
            if (await _entries.TryForgetAsync(name, accessKeyId, CancellationToken.None).ConfigureAwait(false) is { } warning)
            {
                warnings.Add(warning);
            }
        }

        return warnings;
    }

    // Not cancelled: whether AWS has made the key would then be unknown.
    private static async Task<NewAccessKey> CreateAsync(IAwsGateway gateway, RotationPlan plan)
    {
        try
        {
            return (await gateway.CreateAccessKeyAsync(plan.IamCall, plan.UserName, CancellationToken.None).ConfigureAwait(false)).Value;
        }
        catch (MfaException e) when (!e.NothingWasSent && e.Error.Id is MfaErrorId.StsUnreachable or MfaErrorId.StsFailed)
        {
            throw MfaErrors.RotationUncertain(plan.Profile, plan.AccessKeyId, plan.UserName, e.Error.Message);
        }
    }

    private static IamAccessKey RequireOnly(string profile, LongTermCredential credential, IReadOnlyList<IamAccessKey> keys)
    {
        var stored = keys.FirstOrDefault(key => key.AccessKeyId == credential.AccessKeyId)
            ?? throw MfaErrors.RotationOfAnothersKey(profile, credential.AccessKeyId);
        return keys.FirstOrDefault(key => key != stored) is { } other
            ? throw MfaErrors.SecondAccessKey(profile, credential.AccessKeyId, other)
            : stored;
    }

    private async Task ProveAsync(IAwsGateway gateway, RotationPlan plan, NewAccessKey created, CancellationToken cancellationToken)
    {
        var call = plan.StsCall.SignedBy(created.AccessKeyId, created.SecretAccessKey, sessionToken: null);
        var waited = TimeSpan.Zero;
        for (var pause = TimeSpan.FromSeconds(1); ; pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await gateway.GetCallerIdentityAsync(call, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (MfaException e) when (
                waited < ProofLimit && e.Error.Id is MfaErrorId.LongTermCredentialRejected or MfaErrorId.StsThrottled
                    or MfaErrorId.StsUnreachable)
            {
                await Pause(pause, cancellationToken).ConfigureAwait(false);
                waited += pause;
            }
        }
    }

    // The new key, whose secret nobody has, must not stay. The old one is stored as before, unless that is why.
    private static async Task UndoAsync(IAwsGateway gateway, RotationPlan plan, NewAccessKey created, Exception cause)
    {
        string message = cause is MfaException e ? e.Error.Message : "it was stopped.";
        string why = cause is MfaException { Error.Id: MfaErrorId.RotationFailed }
            ? message
            : $"{message} {plan.AccessKeyId} is stored and active as before.";
        try
        {
            await gateway.DeleteAccessKeyAsync(plan.IamCall, plan.UserName, created.AccessKeyId, CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (MfaException)
        {
            throw MfaErrors.RotationLeftNewKey(plan.Profile, created.AccessKeyId, plan.UserName, why);
        }

        if (cause is MfaException)
        {
            throw MfaErrors.RotationUndone(plan.Profile, created.AccessKeyId, why);
        }
    }

    private static async Task RemoveOldAsync(IAwsGateway gateway, RotationPlan plan, NewAccessKey created)
    {
        try
        {
            await gateway.SetAccessKeyStatusAsync(plan.IamCall, plan.UserName, plan.AccessKeyId, isActive: false, CancellationToken.None)
                .ConfigureAwait(false);
            await gateway.DeleteAccessKeyAsync(plan.IamCall, plan.UserName, plan.AccessKeyId, CancellationToken.None).ConfigureAwait(false);
        }
        catch (MfaException e) when (e.Error.Id == MfaErrorId.IamEntityNotFound)
        {
            // Somebody else has removed it.
        }
        catch (MfaException e)
        {
            throw MfaErrors.RotationUnfinished(plan.Profile, created.AccessKeyId, plan.AccessKeyId, plan.UserName, e.Error.Message);
        }
    }
}
