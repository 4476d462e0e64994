using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Roles;
using MfaSts.Sts;

namespace MfaSts.Sessions;

/// <summary>The sessions in the shared credentials file.</summary>
/// <param name="files">The AWS files.</param>
/// <param name="clock">The clock by which a session is expired.</param>
public sealed class SessionStore(AwsFiles files, TimeProvider clock)
{
    // What belongs to a session and to nothing else.
    private static readonly string[] MarkKeys =
    [
        CredentialKeys.SessionToken, CredentialKeys.SecurityToken, CredentialKeys.Expiration, CredentialKeys.Manager,
        CredentialKeys.SessionOwner,
        CredentialKeys.ExpirationMark, CredentialKeys.AssumedRole, CredentialKeys.AssumedRoleArn, CredentialKeys.RoleKey,
        CredentialKeys.RoleSource,
        CredentialKeys.RoleRoute, CredentialKeys.Endpoint, .. CredentialKeys.ForeignExpirations,
    ];

    private static readonly string[] SessionKeys = [CredentialKeys.AccessKeyId, CredentialKeys.SecretAccessKey, .. MarkKeys];

    /// <summary>All stored sessions, in the order of the file.</summary>
    /// <param name="activeAccessKeyId">The access key ID in the environment, to mark its session.</param>
    /// <param name="activeSection">The section that AWS_PROFILE names, to mark its session.</param>
    /// <param name="renewedProfile">The profile whose active session is renewed, to mark it.</param>
    public IReadOnlyList<MfaSessionInfo> List(string? activeAccessKeyId, string? activeSection = null, string? renewedProfile = null)
    {
        var documents = AwsDocuments.Read(files);
        var sections = new SessionSections(documents);
        var config = new Lazy<ConfigFile?>(ConfigOrNull);
        return BelowTheirSource([.. sections.All.Select(session => Show(session, sections.ProfileOf(session)))]);

        MfaSessionInfo Show(StoredSession session, string profile)
        {
            bool isActive = session.AccessKeyId == activeAccessKeyId || session.Section == activeSection;
            return new(clock)
            {
                Profile = profile,
                AccountId = session.AssumedRoleArn is { } role
                    ? RoleArn.AccountOf(role)
                    : DeviceArn.AccountOf(
                        LongTermCredentialStore.SerialNumberOf(documents, profile) ?? config.Value?.FindProfile(profile)?["mfa_serial"]),
                SessionRole = NameOfRole(session.AssumedRoleArn),
                SessionSource = session.RoleSource,
                Expiration = session.Expiration,
                AccessKeyId = session.AccessKeyId,
                Section = session.Section,
                Path = files.Credentials.Path,
                Manager = session.Manager,
                IsActive = isActive,
                IsRenewed = isActive && profile == renewedProfile,
            };
        }
    }

    /// <summary>
    /// The profiles whose role sessions are taken with a profile's long-term keys, in the order of the file: they go when it does.
    /// </summary>
    public IReadOnlyList<string> RolesOf(string profile)
    {
        var sections = new SessionSections(AwsDocuments.Read(files));
        return [.. sections.All.Where(session => session.RoleSource == profile
            && session.Section != profile).Select(sections.ProfileOf).Distinct()];
    }

    /// <summary>The session that an environment carries although it is in no file.</summary>
    /// <param name="variables">The environment.</param>
    /// <param name="renewedProfile">The profile whose session is renewed, to mark it.</param>
    /// <returns>Null when it carries none that MfaSts put there.</returns>
    public MfaSessionInfo? FromEnvironment(EnvironmentVariables variables, string? renewedProfile = null)
    {
        ArgumentNullException.ThrowIfNull(variables);
        return variables[SessionVariables.Profile] is { } profile && variables[SessionVariables.AccessKeyId] is { } id
            && variables["AWS_SESSION_TOKEN"] is not null
            ? new MfaSessionInfo(clock)
            {
                Profile = profile,
                AccessKeyId = id,
                Expiration = ExpirationText.Parse(variables["AWS_CREDENTIAL_EXPIRATION"], manager: null),
                IsActive = true,
                IsRenewed = profile == renewedProfile,
            }
            : null;
    }

    /// <summary>
    /// The profile's configuration names endpoints, which a tool learns only when it is given the profile and not its keys.
    /// </summary>
    public bool HasEndpointSettings(string profile)
    {
        var settings = MfaProfile.Read(profile, files);
        return settings.Setting("endpoint_url") is not null || settings.Setting("services") is not null;
    }

    /// <summary>The region that the profile's configuration names, or null.</summary>
    public string? RegionOf(string profile) => MfaProfile.Read(profile, files).Region;

    /// <summary>
    /// The profile that the environment names, else <c>default</c>. A section in which MfaSts keeps a session stands for the session's
    /// profile.
    /// </summary>
    /// <param name="variables">The environment.</param>
    public string DefaultProfile(EnvironmentVariables variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        if ((variables[SessionVariables.AwsProfile] ?? variables["AWS_DEFAULT_PROFILE"]) is not { } named)
        {
            return variables[SessionVariables.Profile] ?? "default";
        }

        if (ServedProfile.Is(named) && variables[SessionVariables.Profile] is { } served)
        {
            return served;
        }

        // One that is configured has settings of its own.
        bool isConfigured = new ConfigFile(files.Config.Read()).FindProfile(named) is not null;
        return isConfigured ? named : new SessionSections(AwsDocuments.Read(files)).ProfileOf(named);
    }

    /// <summary>The error that a profile has no stored session; a mistyped name is met with the nearest one.</summary>
    public MfaException NotFound(string profile) =>
        MfaErrors.SessionNotFound(profile, files.Credentials.Path, NearestProfile.Of(profile, files));

    /// <summary>
    /// Removes a profile's stored session, and those of the roles that are taken with its keys. Other keys in their sections stay.
    /// </summary>
    /// <returns>False when there was none.</returns>
    public bool Remove(string profile, CancellationToken cancellationToken)
    {
        ProfileName.Require(profile);
        return files.Credentials.Update(
            document =>
            {
                var sections = SectionsOf(document);
                return sections.All
                    .Where(session => sections.ProfileOf(session) == profile || session.Section == profile || session.RoleSource == profile)
                    .Aggregate(document, (edited, session) => RemoveSession(edited, session.Section));
            },
            cancellationToken);
    }

    /// <summary>Removes the sessions of the roles that are taken with a profile's long-term keys.</summary>
    /// <returns>The profiles whose sessions were there.</returns>
    public IReadOnlyList<string> RemoveRoles(string profile, CancellationToken cancellationToken)
    {
        var roles = RolesOf(profile);
        if (roles.Count > 0)
        {
            files.Credentials.Update(
                document => SectionsOf(document).All.Where(session => session.RoleSource == profile)
                    .Aggregate(document, (edited, session) => RemoveSession(edited, session.Section)),
                cancellationToken);
        }

        return roles;
    }

    /// <summary>Removes one listed session, unless it has been renewed since.</summary>
    /// <returns>False when it is gone, or another one is in its place.</returns>
    public bool Remove(MfaSessionInfo session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        return files.Credentials.Update(
            document => SectionsOf(document).In(session.Section!)?.AccessKeyId == session.AccessKeyId
                ? RemoveSession(document, session.Section!)
                : document,
            cancellationToken);
    }

    /// <summary>Removes a session, unless another one is in its place by now.</summary>
    internal void Remove(MfaSession session, CancellationToken cancellationToken) => files.Credentials.Update(
        document =>
            session.Section is { } section && SectionsOf(document).In(section)?.AccessKeyId == session.AccessKeyId
                ? RemoveSession(document, section)
                : document,
        cancellationToken);

    /// <summary>Takes a session that another tool left, or a part of one, out of a section. Long-term keys stay.</summary>
    internal static IniDocument RemoveForeign(IniDocument document, string name) =>
        document.Find(name) is { } section && !CredentialKeys.MustKeep(section) ? document.RemoveKeys(section, SessionKeys) : document;

    /// <summary>Takes what an older session left beside a long-term key out of a section, while the key is the one it was.</summary>
    internal static IniDocument RemoveMarks(IniDocument document, string name, string? accessKeyId) =>
        document.Find(name) is { } section && section[CredentialKeys.AccessKeyId] == accessKeyId
            && CredentialKeys.IsLongTermWithLeftovers(section)
            ? document.RemoveKeys(section, MarkKeys)
            : document;

    /// <summary>
    /// Carries a session of ours from one section to another, so that a change of the configuration does not cost a code. A newer one there
    /// stays.
    /// </summary>
    internal static IniDocument Move(IniDocument document, string from, string to, string? region)
    {
        if (document.Find(from) is not { } section || StoredSession.In(section, _ => null) is not { IsOurs: true } session)
        {
            return document;
        }

        // What stood there and is not this session's goes; a region is the profile's.
        var values = SessionKeys.Select(key => new KeyValuePair<string, string?>(key, CredentialKeys.NotEmpty(section, key))).ToList();
        if (region is not null)
        {
            values.Add(new("region", region));
        }

        bool isNewerThere = StoredSession.In(document.Find(to), _ => null)?.Expiration >= session.Expiration;
        var moved = isNewerThere ? document : document.Set(to, values);
        return moved.RemoveKeys(moved.Find(from)!, [.. SessionKeys, .. to.Length < from.Length ? (string[])["region"] : []]);
    }

    /// <summary>A profile's stored session, usable or not; one without an expiry is never given.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="chosen">The section that the user named for it, or null.</param>
    internal StoredSession? Find(MfaProfile profile, string? chosen) =>
        new SessionSections(profile.Documents).Find(profile, chosen, clock.GetUtcNow());

    internal MfaSession ToSession(StoredSession stored, string profile, string? serialNumber, string? region) => new(clock)
    {
        Profile = profile,
        AccountId = AccountOf(stored.AssumedRoleArn, serialNumber),
        AccessKeyId = stored.AccessKeyId,
        SecretAccessKey = stored.SecretAccessKey,
        SessionToken = stored.SessionToken,
        Expiration = stored.Expiration!.Value,
        Region = region,
        SerialNumber = serialNumber,
        AssumedRoleArn = stored.AssumedRoleArn,
        SessionRole = NameOfRole(stored.AssumedRoleArn),
        SessionSource = stored.RoleSource,
        IsDirect = stored.IsDirect,
        Section = stored.Section,
        Origin = SessionOrigin.Store,
    };

    /// <summary>Fails when writing a session to its place would: better before the code is spent.</summary>
    internal void Rehearse(SessionTarget target)
    {
        if (target.Section is not null)
        {
            var example =
                new TemporaryCredential
                {
                    AccessKeyId = "ASIA",
                    SecretAccessKey = "example",
                    SessionToken = "example",
                    Expiration = clock.GetUtcNow(),
                };
            files.Credentials.Rehearse(document => Edit(document, target.Section, target, example));
        }
    }

    /// <summary>Writes a session that AWS has just given. When that fails it is kept in memory: its code is spent.</summary>
    /// <returns>A warning when it could not be written.</returns>
    internal string? Write(SessionTarget target, TemporaryCredential credential)
    {
        if (target.Section is not { } section)
        {
            return null;
        }

        try
        {
            files.Credentials.Update(document => Edit(document, section, target, credential), CancellationToken.None);
            return null;
        }
        catch (MfaException e)
        {
            files.Credentials.Unstored.Add(
                files.Credentials.Path,
                document => EditUnlessNewer(document, section, target, credential),
                () => credential.Expiration <= clock.GetUtcNow(),
                e);
            return MfaErrors.SessionNotStored(target.Profile, e);
        }
    }

    /// <summary>Tries again to write what could not be written before.</summary>
    /// <returns>Why it still cannot; null when nothing is left to write.</returns>
    internal MfaException? WriteUnstored(CancellationToken cancellationToken)
    {
        if (files.Credentials.WhyNotStored is null)
        {
            return null;
        }

        try
        {
            files.Credentials.Update(document => document, cancellationToken);
            return null;
        }
        catch (MfaException e)
        {
            return e;
        }
    }

    /// <summary>A session that AWS has just given, as the caller sees it.</summary>
    internal static MfaSession Show(SessionTarget target, TemporaryCredential credential, TimeProvider serviceClock) =>
        new(serviceClock)
        {
            Profile = target.Profile,
            AccountId = AccountOf(target.Role?.Arn, target.SerialNumber),
            AccessKeyId = credential.AccessKeyId,
            SecretAccessKey = credential.SecretAccessKey,
            SessionToken = credential.SessionToken,
            Expiration = credential.Expiration.ToUniversalTime(),
            Region = target.Region,
            SerialNumber = target.SerialNumber,
            AssumedRoleArn = target.Role?.Arn,
            SessionRole = NameOfRole(target.Role?.Arn),
            SessionSource = target.Role?.Source,
            IsDirect = target.Role?.IsDirect ?? false,
            Section = target.Section,
            Origin = SessionOrigin.Sts,
        };

    /// <summary>Tells stscreds when the session that now stands in its place ends: its next read would else get a new one.</summary>
    /// <returns>A warning when that cannot be written; the session is as good without it.</returns>
    internal string? TellStscreds(SessionTarget target, TemporaryCredential credential)
    {
        if (target.Section is not { } section)
        {
            return null;
        }

        try
        {
            if (files.Stscreds.Read().Find(section)?.FindKey(CredentialKeys.StscredsExpiration) is not null)
            {
                files.Stscreds.Update(
                    document => document.Find(section)?.FindKey(CredentialKeys.StscredsExpiration) is null
                        ? document
                        : document.Set(section, [new(CredentialKeys.StscredsExpiration, ExpirationText.Format(credential.Expiration))]),
                    CancellationToken.None);
            }

            return null;
        }
        catch (MfaException e)
        {
            return $"stscreds will not see the new session of profile '{target.Profile}': {e.Message}";
        }
    }

    // The list stays in the order of the file otherwise.
    private static IReadOnlyList<MfaSessionInfo> BelowTheirSource(List<MfaSessionInfo> sessions)
    {
        bool IsBelow(MfaSessionInfo role, MfaSessionInfo source) => role.SessionSource == source.Profile && source.SessionSource is null;
        return
        [
            .. sessions
                .Where(session => !sessions.Exists(source => IsBelow(session, source)))
                .SelectMany(session => sessions.Where(role => IsBelow(role, session)).Prepend(session)),
        ];
    }

    // Another process may have got one since.
    private IniDocument EditUnlessNewer(IniDocument document, string name, SessionTarget target, TemporaryCredential credential) =>
        StoredSession.In(document.Find(name), _ => null)?.Expiration >= credential.Expiration
            ? document
            : Edit(document, name, target, credential);

    private IniDocument Edit(IniDocument document, string name, SessionTarget target, TemporaryCredential credential)
    {
        var section = document.Find(name);
        if (section is not null && CredentialKeys.MustKeep(section))
        {
            throw MfaErrors.SessionSectionTaken(target.Profile, name, files.Credentials.Path);
        }

        if (target.Role is { IsOfAwsMfa: false } && RoleSections.Foreign(target.Profile, section, files.Credentials.Path) is { } foreign)
        {
            throw foreign;
        }

        // aws-mfa writes an expiry of its own, and crashes at one in another form.
        bool isOfAwsMfa = target.Role is { IsOfAwsMfa: true } || section?.FindKey(CredentialKeys.AssumedRole) is not null;
        string expiration = isOfAwsMfa
            ? ExpirationText.FormatNaive(credential.Expiration)
            : ExpirationText.FormatLike(section?[CredentialKeys.Expiration], credential.Expiration);
        bool isMarked = !CredentialKeys.IsTemporaryId(credential.AccessKeyId)
            || (!isOfAwsMfa
                && (target.MayBeOverwritten || Array.Exists(CredentialKeys.ForeignExpirations, key => section?.FindKey(key) is not null)));
        var values = new List<KeyValuePair<string, string?>>
        {
            new(CredentialKeys.AccessKeyId, credential.AccessKeyId),
            new(CredentialKeys.SecretAccessKey, credential.SecretAccessKey),
            new(CredentialKeys.SessionToken, credential.SessionToken),
            new(CredentialKeys.Expiration, expiration),
            new(CredentialKeys.Manager, CredentialKeys.ManagerName),
        };
        if (target.SectionRegion is not null)
        {
            values.Add(new("region", target.SectionRegion));
        }

        // Without an owner to name, one who is named there was another session's.
        values.Add(new(CredentialKeys.SessionOwner, target.NamesOwner ? target.Profile : null));
        values.Add(new(CredentialKeys.ExpirationMark, isMarked ? $"{credential.AccessKeyId} {expiration}" : null));
        values.Add(new(CredentialKeys.Endpoint, target.Endpoint));
        values.AddRange(MarksOf(target.Role));
        values.AddRange(KeepDialect(section, target.Role, credential));
        return RemoveOldSession(document.Set(name, values), target);
    }

    private static KeyValuePair<string, string?>[] MarksOf(RoleMark? role) =>
    [
        new(CredentialKeys.RoleKey, role?.Key),
        new(CredentialKeys.RoleSource, role?.Source),
        new(CredentialKeys.RoleRoute, role is { IsDirect: true } ? CredentialKeys.DirectRoute : null),
        new(CredentialKeys.AssumedRoleArn, role?.Arn),
    ];

    // Keys that another tool put there are kept true, so that it still sees a valid session.
    private static IEnumerable<KeyValuePair<string, string?>> KeepDialect(
        IniSection? section, RoleMark? role, TemporaryCredential credential)
    {
        bool isForAwsMfa = role is { IsOfAwsMfa: true };
        if (isForAwsMfa || section?.FindKey(CredentialKeys.SecurityToken) is not null)
        {
            yield return new(CredentialKeys.SecurityToken, credential.SessionToken);
        }

        if (isForAwsMfa || section?.FindKey(CredentialKeys.AssumedRole) is not null)
        {
            yield return new(CredentialKeys.AssumedRole, role is null ? "False" : "True");
        }

        foreach (string key in CredentialKeys.ForeignExpirations)
        {
            if (section?.FindKey(key) is not null)
            {
                yield return new(key, ExpirationText.Format(credential.Expiration));
            }
        }
    }

    // A session of ours that an earlier configuration had put into the profile's own section would now hide something there. A role's is
    // there by intent.
    private static IniDocument RemoveOldSession(IniDocument document, SessionTarget target) =>
        target.Section == target.Profile + ProfileName.SessionSuffix && document.Find(target.Profile) is { } own
        && own.FindKey(CredentialKeys.Manager)?.Value == CredentialKeys.ManagerName && own.FindKey(CredentialKeys.RoleKey) is null
            ? RemoveSession(document, target.Profile)
            : document;

    private static string? AccountOf(string? roleArn, string? serialNumber) =>
        roleArn is null ? DeviceArn.AccountOf(serialNumber) : RoleArn.AccountOf(roleArn);

    private static string? NameOfRole(string? roleArn) => roleArn is null ? null : RoleArn.NameOf(roleArn);

    // A long-term key that was put over the session's keys stays; what is left of the session around it goes.
    private static IniDocument RemoveSession(IniDocument document, string name)
    {
        var section = document.Find(name)!;
        return document.RemoveKeys(section, CredentialKeys.MustKeep(section) ? MarkKeys : SessionKeys);
    }

    // Only for what the sessions' own file does not tell: the list is no worse without it.
    private ConfigFile? ConfigOrNull()
    {
        try
        {
            return new ConfigFile(files.Config.Read());
        }
        catch (MfaException)
        {
            return null;
        }
    }

    private SessionSections SectionsOf(IniDocument document) => new(new AwsDocuments(files, document));
}
