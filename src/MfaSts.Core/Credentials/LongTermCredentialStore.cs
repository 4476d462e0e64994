using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.Credentials;

/// <summary>The long-term keys in the shared credentials file. Reading understands every layout in <see cref="LongTermLayout"/>; writing goes to the first.</summary>
/// <param name="files">The AWS files.</param>
public sealed class LongTermCredentialStore(AwsFiles files)
{
    // A foreign writer that read the file before our rename writes its old copy back within this time.
    private static readonly TimeSpan ForeignWriterPause = TimeSpan.FromMilliseconds(50);

    /// <summary>The keys of a profile, or null.</summary>
    /// <exception cref="MfaException">ProfileNameInvalid, StoreUnreadable, StoreAccessDenied.</exception>
    public LongTermCredential? Find(string profile) => Find(files.Credentials.Read(), ProfileName.Require(profile));

    /// <summary>The MFA device that is known for a profile, stored or configured, or null.</summary>
    public string? FindSerialNumber(string profile) =>
        SerialNumberOf(files.Credentials.Read(), ProfileName.Require(profile)) ?? MfaProfile.Read(profile, files).Setting("mfa_serial");

    /// <summary>
    /// All profiles that have long-term keys, in the order of the file, without the secrets. A profile whose long-term section holds a temporary key is passed over.
    /// </summary>
    public IReadOnlyList<MfaLongTermCredential> List()
    {
        var document = files.Credentials.Read();
        var config = new ConfigFile(files.Config.Read());
        return [.. document.Sections
            .Select(LongTermLayout.ProfileOf)
            .OfType<string>()
            .Distinct()
            .Where(profile => !HoldsSession(document, profile))
            .Select(profile => Find(document, profile))
            .OfType<LongTermCredential>()
            .Select(credential => Show(credential, MfaProfile.Of(credential.Profile, files, document, config)))];
    }

    /// <summary>The keys as they may be shown.</summary>
    public MfaLongTermCredential Show(LongTermCredential credential) => Show(credential, MfaProfile.Read(credential.Profile, files));

    /// <summary>All long-term keys of a profile, each layout's, in the order in which they are asked.</summary>
    public IReadOnlyList<LongTermCredential> FindAll(string profile)
    {
        var document = files.Credentials.Read();
        ProfileName.Require(profile);
        return [.. LongTermLayout.All
            .Select(layout => SectionOf(document, layout, profile))
            .Where(section => section is not null && !CredentialKeys.HasTemporaryKey(section))
            .Select(section => ToCredential(document, profile, section!))];
    }

    /// <summary>Removes these very keys and the device beside them.</summary>
    /// <returns>False when they are gone, or others are in their place.</returns>
    public bool Remove(LongTermCredential credential, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return files.Credentials.Update(
            document => LongTermLayout.All
                .Where(layout => layout.SectionOf(credential.Profile) == credential.Section
                    && document.Find(credential.Section)?[CredentialKeys.AccessKeyId] == credential.AccessKeyId)
                .Aggregate(document, (edited, layout) => RemoveKeys(edited, layout, credential.Profile)),
            cancellationToken);
    }

    private static MfaLongTermCredential Show(LongTermCredential credential, MfaProfile profile)
    {
        return new MfaLongTermCredential
        {
            Profile = credential.Profile,
            AccessKeyId = credential.AccessKeyId,
            SerialNumber = credential.SerialNumber ?? profile.Setting("mfa_serial"),
            Region = profile.Setting("region"),
            Section = credential.Section,
            Path = credential.Path,
        };
    }

    /// <summary>Stores keys, or only a device, under a profile, and moves an <c>mfa_serial</c> that would hide the session from AWS.Tools.</summary>
    /// <param name="change">What to store; what is null stays as it is.</param>
    /// <param name="cancellationToken">Ends the wait for a lock.</param>
    public void Store(LongTermCredentialChange change, CancellationToken cancellationToken)
    {
        Check(change);
        string section = change.Profile + ProfileName.LongTermSuffix;
        var values = new Dictionary<string, string?>();
        Add(values, CredentialKeys.AccessKeyId, change.AccessKeyId);
        Add(values, CredentialKeys.SecretAccessKey, change.SecretAccessKey);
        Add(values, CredentialKeys.MfaDevice, change.SerialNumber);
        if (change.AccessKeyId is not null)
        {
            // What a session had left there would make the new keys look like one.
            values[CredentialKeys.SessionToken] = values[CredentialKeys.SecurityToken] = values[CredentialKeys.Expiration] = null;
        }

        if (values.Count > 0)
        {
            StoreLastingly(document => document.Set(section, values), cancellationToken);
        }

        StoreSettings(change, cancellationToken);
    }

    /// <summary>Checks all that <see cref="Store"/> would refuse, so that of several changes none is stored when one cannot be.</summary>
    /// <exception cref="MfaException">Whatever <see cref="LongTermCredentialChange.Require"/> says; ProfileNameInvalid.</exception>
    public void Check(LongTermCredentialChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        change.Require();
        RequireName(change);
    }

    /// <summary>Whether the keys of a change are the profile's now. To be asked before another copy of them is destroyed.</summary>
    public bool Holds(LongTermCredentialChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return Find(change.Profile) is { } now && now.AccessKeyId == change.AccessKeyId && now.SecretAccessKey == change.SecretAccessKey;
    }

    /// <summary>Moves long-term keys from the profile's own section to the one that is meant for them, in one step.</summary>
    /// <exception cref="MfaException">LongTermCredentialAmbiguous: other keys are there already.</exception>
    internal void MoveToOwnSection(string profile, CancellationToken cancellationToken) =>
        StoreLastingly(document => MoveKeys(document, profile), cancellationToken);

    internal LongTermCredential? Find(IniDocument document, string profile) =>
        SectionOf(document, profile) is { } section ? ToCredential(document, profile, section) : null;

    internal static string? SerialNumberOf(IniDocument document, string profile)
    {
        foreach (var layout in LongTermLayout.All)
        {
            if (document.Find(layout.SectionOf(profile)) is { } section && layout.SerialNumber(section) is { } serial)
            {
                return serial;
            }
        }

        return null;
    }

    // The first layout that has keys decides.
    private static IniSection? SectionOf(IniDocument document, string profile) => LongTermLayout.All
        .Select(layout => SectionOf(document, layout, profile))
        .FirstOrDefault(section => section is not null);

    private static IniSection? SectionOf(IniDocument document, LongTermLayout layout, string profile) =>
        document.Find(layout.SectionOf(profile)) is { } section && CredentialKeys.HasPair(section) && layout.Accepts(section) ? section : null;

    private static bool HoldsSession(IniDocument document, string profile) =>
        SectionOf(document, profile) is { } section && CredentialKeys.HasTemporaryKey(section);

    private static void Add(Dictionary<string, string?> values, string key, string? value)
    {
        if (value is not null)
        {
            values[key] = value;
        }
    }

    private static IniDocument RemoveKeys(IniDocument document, LongTermLayout layout, string profile)
    {
        if (document.Find(layout.SectionOf(profile)) is not { } section || !layout.Accepts(section)
            || (CredentialKeys.HasPair(section) && !CredentialKeys.IsLongTerm(section)))
        {
            return document;
        }

        return document.RemoveKeys(section, [CredentialKeys.AccessKeyId, CredentialKeys.SecretAccessKey, .. layout.DeviceKeys]);
    }

    private IniDocument MoveKeys(IniDocument document, string profile)
    {
        string target = profile + ProfileName.LongTermSuffix;
        if (document.Find(profile) is not { } section || !CredentialKeys.IsLongTerm(section))
        {
            return document;
        }

        string id = section[CredentialKeys.AccessKeyId]!;
        if (document.Find(target) is { } existing && CredentialKeys.HasPair(existing) && existing[CredentialKeys.AccessKeyId] != id)
        {
            throw MfaErrors.LongTermCredentialAmbiguous(profile, profile, target, files.Credentials.Path);
        }

        var values = new Dictionary<string, string?>();
        Add(values, CredentialKeys.AccessKeyId, id);
        Add(values, CredentialKeys.SecretAccessKey, section[CredentialKeys.SecretAccessKey]);
        Add(values, CredentialKeys.MfaDevice, SerialNumberOf(document, profile));
        var copied = document.Set(target, values);
        return copied.RemoveKeys(copied.Find(profile)!, [CredentialKeys.AccessKeyId, CredentialKeys.SecretAccessKey, CredentialKeys.MfaDevice]);
    }

    // What is there keeps its name; a new profile, and a new section of config, must have one that every SDK reads.
    private void RequireName(LongTermCredentialChange change)
    {
        var profile = MfaProfile.Read(change.Profile, files);
        bool hasSection = profile.CredentialsDocument.Find(change.Profile + ProfileName.LongTermSuffix) is not null;
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

    private LongTermCredential ToCredential(IniDocument document, string profile, IniSection section) => new()
    {
        Profile = profile,
        AccessKeyId = RequireLongTerm(profile, section),
        SecretAccessKey = section[CredentialKeys.SecretAccessKey]!,
        SerialNumber = SerialNumberOf(document, profile),
        Section = section.Name,
        Path = files.Credentials.Path,
    };

    private string RequireLongTerm(string profile, IniSection section)
    {
        return CredentialKeys.HasTemporaryKey(section)
            ? throw MfaErrors.LongTermCredentialIsSession(profile, section.Name, files.Credentials.Path)
            : section[CredentialKeys.AccessKeyId]!;
    }

    private void StoreLastingly(Func<IniDocument, IniDocument> edit, CancellationToken cancellationToken)
    {
        files.Credentials.Update(edit, cancellationToken);
        cancellationToken.WaitHandle.WaitOne(ForeignWriterPause);
        files.Credentials.Update(edit, CancellationToken.None);
    }

    private void StoreSettings(LongTermCredentialChange change, CancellationToken cancellationToken)
    {
        var profile = MfaProfile.Read(change.Profile, files);
        var values = new Dictionary<string, string?>();
        Add(values, "region", change.Region);
        Add(values, "duration_seconds", change.Duration is { } d ? ((long)d.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
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
