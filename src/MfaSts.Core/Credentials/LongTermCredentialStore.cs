using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Findings;
using MfaSts.Profiles;
using MfaSts.Stores;

namespace MfaSts.Credentials;

/// <summary>
/// The long-term keys in the shared credentials file. Reading understands every layout in <see cref="LongTermLayout"/>; writing goes to the
/// first.
/// </summary>
/// <param name="files">The AWS files.</param>
public sealed class LongTermCredentialStore(AwsFiles files)
{
    /// <summary>What a session had left in the section would make new long-term keys look like one.</summary>
    internal static readonly IReadOnlyList<KeyValuePair<string, string?>> NoSession =
        [new(CredentialKeys.SessionToken, null), new(CredentialKeys.SecurityToken, null), new(CredentialKeys.Expiration, null)];

    /// <summary>A foreign writer that read the file before our rename writes its old copy back within this time.</summary>
    internal TimeSpan ForeignWriterPause { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The keys of a profile: its key_process's, else those of the first layout that has some; or null.</summary>
    /// <exception cref="MfaException">ProfileNameInvalid, LongTermCredentialAmbiguous, AccessKeyMalformed, StoreUnreadable,
    /// StoreAccessDenied.</exception>
    public LongTermCredential? Find(string profile) => Find(MfaProfile.Read(profile, files));

    /// <summary>
    /// The keys that new ones would replace, or null: also when it is a session by mistake, since storing keys is how that is mended.
    /// </summary>
    /// <exception cref="MfaException">As <see cref="Find(string)"/>, but not AccessKeyMalformed.</exception>
    public LongTermCredential? FindReplaceable(string profile)
    {
        try
        {
            return Find(profile);
        }
        catch (MfaException e) when (e.Error.Id == MfaErrorId.AccessKeyMalformed)
        {
            return null;
        }
    }

    /// <summary>The MFA device that is known for a profile, stored or configured, or null.</summary>
    public string? FindSerialNumber(string profile) =>
        SerialNumberOf(AwsDocuments.Read(files), ProfileName.Require(profile)) ?? MfaProfile.Read(profile, files).Setting("mfa_serial");

    /// <summary>
    /// All long-term keys of all profiles, each layout's, without the secrets: in the order of the credentials file, then of the files of
    /// older tools, then those that only a key_process knows. Where a long-term key belongs and a temporary one stands, it is passed over.
    /// No other store is asked.
    /// </summary>
    public IReadOnlyList<MfaLongTermCredential> List()
    {
        var documents = AwsDocuments.Read(files, new ConfigFile(files.Config.Read()));
        return [.. LongTermLayout.Profiles(documents).Concat(documents.Config.ProfilesWith(CredentialKeys.KeyProcess)).Distinct()
            .SelectMany(name =>
        {
            var profile = MfaProfile.Of(name, documents);
            return Commanded(profile).Concat(FindAll(documents, name))
                .Select((credential, index) => Show(credential, profile, isInUse: index == 0));
        })];
    }

    /// <summary>The keys as they may be shown.</summary>
    public MfaLongTermCredential Show(LongTermCredential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return Show(credential, MfaProfile.Read(credential.Profile, files), isInUse: true);
    }

    /// <summary>The error that a profile has no long-term keys; a mistyped name is met with the nearest one.</summary>
    public MfaException NotFound(string profile) => NotFound(profile, []);

    /// <summary>
    /// All long-term keys of a profile that stand in a file, or whose ID does: each layout's, in the order in which they are asked.
    /// </summary>
    public IReadOnlyList<LongTermCredential> FindAll(string profile) => FindAll(AwsDocuments.Read(files), ProfileName.Require(profile));

    /// <summary>The profile's keys in MfaSts's own layout, or null.</summary>
    internal LongTermCredential? FindOwn(string profile) =>
        FindAll(profile).FirstOrDefault(credential => credential.Layout == LongTermLayout.Own);

    /// <summary>Removes these very keys and the device beside them.</summary>
    /// <returns>False when they are gone, or others are in their place.</returns>
    internal bool Remove(LongTermCredential credential, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return credential.Layout.FileOf(files).Update(document => RemoveKeys(document, credential), cancellationToken);
    }

    /// <summary>
    /// Stores keys, or only a device, under a profile, and moves an <c>mfa_serial</c> that would hide the session from AWS.Tools. Of keys
    /// whose secret is in another store only the ID is written, and which store that is: see <see cref="LongTermKeeper"/>.
    /// </summary>
    /// <param name="change">What to store; what is null stays as it is, but without a store the file is meant.</param>
    /// <param name="cancellationToken">Ends the wait for a lock.</param>
    public void Store(LongTermCredentialChange change, CancellationToken cancellationToken)
    {
        Check(change);
        string section = change.Profile + ProfileName.LongTermSuffix;
        var values = new Dictionary<string, string?>();
        if (change.AccessKeyId is not null)
        {
            values[CredentialKeys.AccessKeyId] = change.AccessKeyId;
            var secret = SecretOrStore(change.SecretAccessKey, change.Store ?? KeyStoreName.File);
            foreach ((string key, string? value) in secret.Concat(NoSession))
            {
                values[key] = value;
            }
        }

        Add(values, CredentialKeys.MfaDevice, change.SerialNumber);

        if (ConcernsConfig(change))
        {
            files.Config.RequireWritable();
            files.Config.AwaitTurn(cancellationToken);
        }

        files.Credentials.RequireWritable();

        if (values.Count > 0)
        {
            UpdateLastingly(document => document.Set(section, values), cancellationToken);
        }

        try
        {
            StoreSettings(change, values.Count > 0 ? CancellationToken.None : cancellationToken);
        }
        catch (MfaException e) when (values.Count > 0)
        {
            string what = change.AccessKeyId is null ? "The MFA device" : "The access key";
            throw MfaErrors.DoneInPart($"{what} of profile '{change.Profile}' is stored in '{files.Credentials.Path}'.", e);
        }
    }

    /// <summary>Checks all that <see cref="Store"/> would refuse, so that of several changes none is stored when one cannot be.</summary>
    /// <exception cref="MfaException">Whatever <see cref="LongTermCredentialChange.Require"/> says; ProfileNameInvalid.</exception>
    public void Check(LongTermCredentialChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        change.Require();
        RequireName(change);
    }

    /// <summary>
    /// Whether the keys of a change are the profile's now; a secret in another store was read back when it was put there. To be asked
    /// before another copy is destroyed.
    /// </summary>
    public bool Holds(LongTermCredentialChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return Find(change.Profile) is { } now && now.AccessKeyId == change.AccessKeyId
            && (now.SecretAccessKey ?? change.SecretAccessKey) == change.SecretAccessKey;
    }

    internal MfaException NotFound(string profile, IReadOnlyList<string> similar) =>
        LeftoversOrNull(profile)
            ?? MfaErrors.LongTermCredentialNotFound(
                profile, files.Credentials.Path, NearestProfile.Of(profile, files), similar, ProfileDoctor.SectionRemark(files, profile));

    /// <summary>How a section says where the secret is: it has the secret, or the name of the store that has it, and never both.</summary>
    internal static IEnumerable<KeyValuePair<string, string?>> SecretOrStore(string? secretAccessKey, string store) =>
    [
        new(CredentialKeys.SecretAccessKey, store == KeyStoreName.File ? secretAccessKey : null),
        new(CredentialKeys.Store, store == KeyStoreName.File ? null : store),
    ];

    internal static string? SerialNumberOf(AwsDocuments documents, string profile)
    {
        foreach (var layout in LongTermLayout.All)
        {
            // Some have no key for it, and are not opened for nothing.
            foreach (var section in layout.DeviceKeys.Length == 0 ? [] : layout.SectionsOf(documents, profile))
            {
                if (layout.SerialNumber(section) is { } serial)
                {
                    return serial;
                }
            }
        }

        return null;
    }

    /// <summary>Takes these very keys and their device out of a document.</summary>
    internal static IniDocument RemoveKeys(IniDocument document, LongTermCredential credential) =>
        document.Find(credential.Section) is { } section && section[CredentialKeys.AccessKeyId] == credential.AccessKeyId
            && !CredentialKeys.HasTemporaryKey(section)
            ? document.RemoveKeys(
                section,
                [CredentialKeys.AccessKeyId, CredentialKeys.SecretAccessKey, CredentialKeys.Store, .. credential.Layout.DeviceKeys])
            : document;

    // What the user has put into config goes first; then the first layout that has keys decides, unless it cannot say which.
    internal LongTermCredential? Find(MfaProfile settings)
    {
        var (documents, profile) = (settings.Documents, settings.Name);
        if (Commanded(settings).FirstOrDefault() is { } commanded)
        {
            return commanded;
        }

        foreach (var layout in LongTermLayout.All)
        {
            var found =
                layout.SectionsOf(documents, profile).Where(layout.Accepts)
                    .Select(section => ToCredential(documents, profile, layout, section)).ToArray();
            if (found.DistinctBy(credential => credential.AccessKeyId).Count() > 1)
            {
                throw MfaErrors.LongTermCredentialAmbiguous(profile, found);
            }

            if (found.Length > 0)
            {
                return CredentialKeys.IsTemporaryId(found[0].AccessKeyId)
                    ? throw MfaErrors.LongTermCredentialIsSession(profile, found[0].Section, found[0].Path)
                    : found[0];
            }
        }

        // What could not be read may be where they are.
        return documents.Failure is { } failure ? throw failure : null;
    }

    /// <summary>The line of a key of the section that the keys were found in, or null.</summary>
    internal int? LineOf(AwsDocuments documents, LongTermCredential credential, string key) =>
        documents.Of(credential.Layout.FileOf(files)).Find(credential.Section)?.FindKey(key)?.Line.Number;

    // 'aws configure' puts a new key over a session's, and leaves the token beside it.
    private MfaException? LeftoversOrNull(string profile)
    {
        var documents = AwsDocuments.Read(files);
        foreach (var layout in (LongTermLayout[])[LongTermLayout.Bare, LongTermLayout.InConfig])
        {
            if (layout.SectionsOf(documents, profile) is [var section] && CredentialKeys.IsLongTermWithLeftovers(section))
            {
                string[] names = [CredentialKeys.SessionToken, CredentialKeys.SecurityToken, CredentialKeys.Expiration];
                var leftovers = names.Select(section.FindKey).OfType<IniKey>().Where(key => key.Value.Length > 0)
                    .Select(
                        key => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{key.Name} (line {key.Line.Number})"));
                return MfaErrors.LongTermCredentialHasLeftovers(
                    profile, section.Name, layout.FileOf(files).Path, string.Join(", ", leftovers));
            }
        }

        return null;
    }

    internal IReadOnlyList<LongTermCredential> FindAll(AwsDocuments documents, string profile) => [.. LongTermLayout.All
        .SelectMany(layout => layout.SectionsOf(documents, profile)
            .Where(section => layout.Accepts(section) && !CredentialKeys.HasTemporaryKey(section))
            .Select(section => ToCredential(documents, profile, layout, section)))];

    /// <summary>
    /// Changes the credentials file, and looks again when a foreign writer that had read it before would have put its old copy back.
    /// </summary>
    internal void UpdateLastingly(Func<IniDocument, IniDocument> edit, CancellationToken cancellationToken, Action? onWritten = null)
    {
        if (files.Credentials.Update(edit, cancellationToken))
        {
            onWritten?.Invoke();
        }

        cancellationToken.WaitHandle.WaitOne(ForeignWriterPause);
        files.Credentials.Update(edit, CancellationToken.None);
    }

    private IEnumerable<LongTermCredential> Commanded(MfaProfile profile) => profile.KeyProcess is not { } command ? [] :
    [
        new LongTermCredential
        {
            Profile = profile.Name,
            AccessKeyId = string.Empty,
            Store = KeyStoreName.KeyProcess,
            Command = command,
            SerialNumber = SerialNumberOf(profile.Documents, profile.Name),
            Section = profile.ConfigSection,
            Path = files.Config.Path,
        },
    ];

    private static MfaLongTermCredential Show(LongTermCredential credential, MfaProfile profile, bool isInUse)
    {
        return new MfaLongTermCredential
        {
            Profile = credential.Profile,
            AccessKeyId = credential.AccessKeyId,
            SerialNumber = credential.SerialNumber ?? profile.Setting("mfa_serial"),
            Region = profile.Setting("region"),
            Section = credential.Section,
            Path = credential.Path,
            Store = credential.Store,
            IsInUse = isInUse,
        };
    }

    // A device takes the place of an mfa_serial there.
    private bool ConcernsConfig(LongTermCredentialChange change) =>
        change.Region is not null || change.Duration is not null
        || (change.SerialNumber is not null && MfaProfile.Read(change.Profile, files) is var profile
            && profile.Setting("mfa_serial") is not null && profile.Setting("role_arn") is null);

    private static void Add(Dictionary<string, string?> values, string key, string? value)
    {
        if (value is not null)
        {
            values[key] = value;
        }
    }

    // What is there keeps its name; a new profile, and a new section of config, must have one that every SDK reads.
    private void RequireName(LongTermCredentialChange change)
    {
        var profile = MfaProfile.Read(change.Profile, files);
        bool hasSection = profile.Documents.Credentials.Find(change.Profile + ProfileName.LongTermSuffix) is not null;
        bool needsConfig = change.Region is not null || change.Duration is not null;
        if (!profile.Exists && !hasSection)
        {
            ProfileName.RequireCreatable(change.Profile);
        }
        else if (needsConfig && !profile.HasConfig)
        {
            ProfileName.RequireCharacters(change.Profile);
        }
    }

    private LongTermCredential ToCredential(AwsDocuments documents, string profile, LongTermLayout layout, IniSection section) => new()
    {
        Profile = profile,
        AccessKeyId = section[CredentialKeys.AccessKeyId]!,
        SecretAccessKey = CredentialKeys.NotEmpty(section, CredentialKeys.SecretAccessKey),
        Store = CredentialKeys.IsKeptElsewhere(section) ? section[CredentialKeys.Store]! : KeyStoreName.File,
        SerialNumber = SerialNumberOf(documents, profile),
        Section = section.Name,
        Path = layout.FileOf(files).Path,
        Layout = layout,
    };

    private void StoreSettings(LongTermCredentialChange change, CancellationToken cancellationToken)
    {
        var profile = MfaProfile.Read(change.Profile, files);
        var values = new Dictionary<string, string?>();
        Add(values, "region", change.Region);
        Add(
            values,
            "duration_seconds",
            change.Duration is { } d ? ((long)d.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
        if (change.SerialNumber is not null && profile.Setting("role_arn") is null && profile.Setting("mfa_serial") is not null)
        {
            values["mfa_serial"] = null;
        }

        if (values.Count > 0)
        {
            files.Config.Update(document => ConfigFile.SetProfile(document, change.Profile, values), cancellationToken);
        }

        if (values.ContainsKey("mfa_serial") && files.Credentials.Read().Find(change.Profile)?.FindKey("mfa_serial") is not null)
        {
            files.Credentials.Update(
                document => document.Set(change.Profile, [new("mfa_serial", null)]), cancellationToken);
        }
    }
}
