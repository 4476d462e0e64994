using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Sessions;

namespace MfaSts.Credentials;

/// <summary>Moves long-term keys from wherever an older tool keeps them to <c>[p-long-term]</c>.</summary>
/// <param name="files">The AWS files.</param>
public sealed class LongTermCredentialImporter(AwsFiles files)
{
    private readonly LongTermCredentialStore _store = new(files);

    /// <summary>A profile's long-term keys that are to be moved: all but those in <c>[p-long-term]</c>.</summary>
    /// <exception cref="MfaException">LongTermCredentialAmbiguous: they are not the same everywhere; LongTermCredentialNotFound: there are none at all.</exception>
    public IReadOnlyList<LongTermCredential> Find(string profile)
    {
        var all = _store.FindAll(profile);
        return all.DistinctBy(key => (key.AccessKeyId, key.SecretAccessKey)).Count() switch
        {
            0 => throw _store.NotFound(profile),
            1 => [.. all.Where(key => key.Layout != LongTermLayout.Own)],
            _ => throw MfaErrors.LongTermCredentialAmbiguous(profile, all),
        };
    }

    /// <summary>
    /// Moves keys and device. They are in their new place before they leave the old one, so whatever stops it, they are somewhere. What else stands in the old file
    /// stays, byte by byte; a session in <c>[p-sts]</c> goes to <c>[p]</c> when that has become free.
    /// </summary>
    /// <param name="credential">From <see cref="Find"/>.</param>
    /// <param name="cancellationToken">Ends the wait for a lock.</param>
    /// <returns>The files that others could read or write until now, and can no longer.</returns>
    /// <exception cref="MfaException">LongTermCredentialAmbiguous: other keys are in <c>[p-long-term]</c> already; the Store errors.</exception>
    public IReadOnlyList<string> Import(LongTermCredential credential, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(credential);
        var source = credential.Layout.FileOf(files);
        RequireWritable(credential, source);
        MoveKeys(credential, cancellationToken);
        try
        {
            MoveDevice(credential, cancellationToken);
        }
        catch (MfaException e)
        {
            throw MfaErrors.DoneInPart($"The access key of profile '{credential.Profile}' is moved to [{credential.Profile}{ProfileName.LongTermSuffix}].", e);
        }

        if (!MfaProfile.Read(credential.Profile, files).SessionNeedsOwnSection)
        {
            files.Credentials.Update(
                document => SessionStore.Move(document, credential.Profile + ProfileName.SessionSuffix, credential.Profile, region: null), CancellationToken.None);
        }

        return [.. ((SharedFile[])[source, files.Credentials]).Distinct().Where(file => file.TryClose()).Select(file => file.Path)];
    }

    /// <summary>Moves the keys and the device that stands beside them, and nothing else.</summary>
    internal void MoveKeys(LongTermCredential credential, CancellationToken cancellationToken)
    {
        var source = credential.Layout.FileOf(files);
        if (source == files.Credentials)
        {
            bool isMoved = false;
            _store.UpdateLastingly(
                document => HasKeys(document, credential) || !isMoved ? LongTermCredentialStore.RemoveKeys(Copy(document, document, credential), credential) : document,
                cancellationToken,
                () => isMoved = true);
            return;
        }

        _store.UpdateLastingly(document => Copy(source.Read(), document, credential), cancellationToken);
        source.Update(document => LongTermCredentialStore.RemoveKeys(document, credential), CancellationToken.None);
    }

    // All of them before the first is changed.
    private void RequireWritable(LongTermCredential credential, SharedFile source)
    {
        bool hasDevice = MfaProfile.Read(credential.Profile, files) is var settings && settings.Setting("mfa_serial") is not null && settings.Setting("role_arn") is null;
        foreach (var file in ((SharedFile[])[source, files.Credentials, .. hasDevice ? (SharedFile[])[files.Config] : []]).Distinct())
        {
            file.RequireWritable();
        }
    }

    private static bool HasKeys(IniDocument document, LongTermCredential credential) =>
        document.Find(credential.Section) is { } section
            && section[CredentialKeys.AccessKeyId] == credential.AccessKeyId && section[CredentialKeys.SecretAccessKey] == credential.SecretAccessKey;

    private IniDocument Copy(IniDocument source, IniDocument document, LongTermCredential credential)
    {
        if (!HasKeys(source, credential))
        {
            // Replaced since they were found: the ones that were found may be dead, and would go before those that are there now.
            throw MfaErrors.StoreRestless(credential.Path);
        }

        string target = credential.Profile + ProfileName.LongTermSuffix;
        if (document.Find(target) is { } existing && LongTermLayout.Own.Accepts(existing) && existing[CredentialKeys.AccessKeyId] != credential.AccessKeyId
            && !CredentialKeys.HasTemporaryKey(existing))
        {
            throw MfaErrors.LongTermCredentialAmbiguous(credential.Profile, _store.FindAll(credential.Profile));
        }

        List<KeyValuePair<string, string?>> values =
        [
            new(CredentialKeys.AccessKeyId, credential.AccessKeyId),
            new(CredentialKeys.SecretAccessKey, credential.SecretAccessKey),
            .. LongTermCredentialStore.NoSession,
        ];
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
            _store.Store(new LongTermCredentialChange { Profile = credential.Profile, SerialNumber = credential.SerialNumber ?? serial }, cancellationToken);
        }
    }
}
