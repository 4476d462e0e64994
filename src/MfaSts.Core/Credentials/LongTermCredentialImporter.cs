using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Sessions;
using MfaSts.Stores;

namespace MfaSts.Credentials;

/// <summary>
/// Moves long-term keys from wherever an older tool keeps them to <c>[p-long-term]</c>, and their secret to the store that is wanted.
/// </summary>
/// <param name="files">The AWS files.</param>
/// <param name="stores">Where secrets are kept that are not in the file.</param>
public sealed class LongTermCredentialImporter(AwsFiles files, KeyStores stores)
{
    private readonly LongTermCredentialStore _store = new(files);
    private readonly KeyEntries _entries = new(files, stores);

    /// <summary>The store that a profile's keys are to be in: the one that is named, else the one where they are now.</summary>
    /// <exception cref="MfaException">StoreUnavailable: no store has that name.</exception>
    public string StoreFor(string profile, string? store) =>
        store is not null ? KeyStoreName.Require(profile, store) : _store.FindOwn(profile)?.Store ?? KeyStoreName.File;

    /// <summary>
    /// A profile's long-term keys that are to be moved: all but those in <c>[p-long-term]</c> whose secret is where it shall be.
    /// </summary>
    /// <param name="profile">The profile.</param>
    /// <param name="store">From <see cref="StoreFor"/>.</param>
    /// <exception cref="MfaException">
    /// LongTermCredentialAmbiguous: they are not the same everywhere; LongTermCredentialNotFound: there are none at all; ProfileUnsuitable:
    /// a key_process gives them. </exception>
    public IReadOnlyList<LongTermCredential> Find(string profile, string store)
    {
        var all = _store.FindAll(profile);
        if (all.Count == 0)
        {
            throw MfaProfile.Read(profile, files).KeyProcess is null
                ? _store.NotFound(profile)
                : MfaErrors.KeysComeFromCommand(profile, files.Config.Path);
        }

        bool isOne = all.DistinctBy(key => key.AccessKeyId).Count() == 1
            && all.Select(key => key.SecretAccessKey).OfType<string>().Distinct().Count() <= 1;
        return isOne
            ? [.. all.Where(key => key.Layout != LongTermLayout.Own || key.Store != store)]
            : throw MfaErrors.LongTermCredentialAmbiguous(profile, all);
    }

    /// <summary>
    /// Moves keys and device. They are in their new place before they leave the old one, so whatever stops it, they are somewhere, whole.
    /// What else stands in the old file stays, byte by byte; a session in <c>[p-sts]</c> goes to <c>[p]</c> when that has become free.
    /// </summary>
    /// <param name="credential">From <see cref="Find"/>.</param>
    /// <param name="store">Where the secret goes.</param>
    /// <param name="cancellationToken">Ends every wait; before the file is changed, all is as it was.</param>
    /// <returns>What the user should know, in sentences.</returns>
    /// <exception cref="MfaException">
    /// LongTermCredentialAmbiguous: other keys are in <c>[p-long-term]</c> already; StoreLocked, StoreEntryMissing, StoreUnavailable; the
    /// Store errors of a file. </exception>
    public async Task<IReadOnlyList<string>> ImportAsync(LongTermCredential credential, string store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(credential);
        var source = credential.Layout.FileOf(files);
        RequireWritable(credential, source);
        var unlocked = await new SecretReader(files, stores).UnlockAsync(credential, serves: null, cancellationToken).ConfigureAwait(false);
        await _entries.PutAsync(credential.Profile, store, credential.AccessKeyId, unlocked.SecretAccessKey!, cancellationToken)
            .ConfigureAwait(false);
        MoveKeys(credential, LongTermCredentialStore.SecretOrStore(unlocked.SecretAccessKey, store), cancellationToken);
        try
        {
            MoveDevice(credential, cancellationToken);
        }
        catch (MfaException e)
        {
            throw MfaErrors.DoneInPart(
                $"The access key of profile '{credential.Profile}' is moved to [{credential.Profile}{ProfileName.LongTermSuffix}].", e);
        }

        if (!MfaProfile.Read(credential.Profile, files).SessionNeedsOwnSection)
        {
            files.Credentials.Update(
                document => SessionStore.Move(
                    document, credential.Profile + ProfileName.SessionSuffix, credential.Profile, region: null), CancellationToken.None);
        }

        var closed =
            ((SharedFile[])[source, files.Credentials]).Distinct().Where(file => file.TryClose())
                .Select(file => MfaErrors.ClosedToOthers(file.Path));
        string? left = await _entries.TryForgetAsync(credential.Store, credential.AccessKeyId, cancellationToken).ConfigureAwait(false);
        var copies = store == KeyStoreName.File ? [] : CopiesInClear(credential.AccessKeyId);
        return [.. closed, .. left is null ? [] : (string[])[left], .. copies];
    }

    /// <summary>
    /// Removes what a move out of the system's store may have left there when it was stopped. To be called when the secret is elsewhere and
    /// is meant to be.
    /// </summary>
    public async Task SweepAsync(string profile, CancellationToken cancellationToken)
    {
        if (_store.FindOwn(profile) is { Store: not KeyStoreName.System } own)
        {
            await _entries.TryForgetAsync(KeyStoreName.System, own.AccessKeyId, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Moves the keys and the device that stands beside them, and nothing else. A secret that is in a store already is there for good.
    /// </summary>
    internal void MoveKeys(LongTermCredential credential, CancellationToken cancellationToken) => MoveKeys(
        credential,
        LongTermCredentialStore.SecretOrStore(
            credential.SecretAccessKey,
            _store.FindOwn(credential.Profile) is { } own && own.AccessKeyId == credential.AccessKeyId ? own.Store : KeyStoreName.File),
        cancellationToken);

    private void MoveKeys(
        LongTermCredential credential, IEnumerable<KeyValuePair<string, string?>> secret, CancellationToken cancellationToken)
    {
        var source = credential.Layout.FileOf(files);
        if (source == files.Credentials)
        {
            bool isMoved = false;
            _store.UpdateLastingly(
                document =>
                    HasKeys(document, credential) || !isMoved
                        ? RemoveOld(Copy(document, document, credential, secret), credential)
                        : document,
                cancellationToken,
                () => isMoved = true);
            return;
        }

        _store.UpdateLastingly(document => Copy(source.Read(), document, credential, secret), cancellationToken);
        source.Update(document => LongTermCredentialStore.RemoveKeys(document, credential), CancellationToken.None);
    }

    private static IniDocument RemoveOld(IniDocument document, LongTermCredential credential) =>
        credential.Layout == LongTermLayout.Own ? document : LongTermCredentialStore.RemoveKeys(document, credential);

    // All of them before the first is changed.
    private void RequireWritable(LongTermCredential credential, SharedFile source)
    {
        bool hasDevice = MfaProfile.Read(credential.Profile, files) is var settings && settings.Setting("mfa_serial") is not null
            && settings.Setting("role_arn") is null;
        foreach (var file in ((SharedFile[])[source, files.Credentials, .. hasDevice ? (SharedFile[])[files.Config] : []]).Distinct())
        {
            file.RequireWritable();
        }
    }

    private static bool HasKeys(IniDocument document, LongTermCredential credential) =>
        document.Find(credential.Section) is { } section
            && section[CredentialKeys.AccessKeyId] == credential.AccessKeyId
            && CredentialKeys.NotEmpty(section, CredentialKeys.SecretAccessKey) == credential.SecretAccessKey
            && (credential.SecretAccessKey is not null || section[CredentialKeys.Store] == credential.Store);

    private IniDocument Copy(
        IniDocument source, IniDocument document, LongTermCredential credential, IEnumerable<KeyValuePair<string, string?>> secret)
    {
        if (!HasKeys(source, credential))
        {
            // Replaced since they were found: the ones that were found may be dead, and would go before those that are there now.
            throw MfaErrors.StoreRestless(credential.Path);
        }

        string target = credential.Profile + ProfileName.LongTermSuffix;
        if (document.Find(target) is { } existing && LongTermLayout.Own.Accepts(existing)
            && existing[CredentialKeys.AccessKeyId] != credential.AccessKeyId
            && !CredentialKeys.HasTemporaryKey(existing))
        {
            throw MfaErrors.LongTermCredentialAmbiguous(credential.Profile, _store.FindAll(credential.Profile));
        }

        List<KeyValuePair<string, string?>> values =
            [new(CredentialKeys.AccessKeyId, credential.AccessKeyId), .. secret, .. LongTermCredentialStore.NoSession];
        if (credential.SerialNumber is { } serial)
        {
            values.Add(new(CredentialKeys.MfaDevice, serial));
        }

        return document.Set(target, values);
    }

    // Beside mfa_serial the AWS SDK for .NET finds no session.
    private void MoveDevice(LongTermCredential credential, CancellationToken cancellationToken)
    {
        var settings = MfaProfile.Read(credential.Profile, files);
        if (settings.Setting("mfa_serial") is { } serial && settings.Setting("role_arn") is null)
        {
            _store.Store(new LongTermCredentialChange
            {
                Profile = credential.Profile,
                SerialNumber = credential.SerialNumber ?? serial,
            }, cancellationToken);
        }
    }

    // Another profile's section, or config, may hold the same key: the user meant to have it in no file.
    private IEnumerable<string> CopiesInClear(string accessKeyId)
    {
        var documents = AwsDocuments.Read(files);
        bool IsCopy(IniSection section) => section[CredentialKeys.AccessKeyId] == accessKeyId
            && CredentialKeys.NotEmpty(section, CredentialKeys.SecretAccessKey) is not null;
        return ((SharedFile[])[files.Credentials, files.Config, files.NoMfa, files.Stscreds]).SelectMany(file => documents.Of(file).Sections
            .Where(IsCopy)
            .Select(section => MfaErrors.SecretInClear(accessKeyId, section.Name, file.Path)));
    }
}
