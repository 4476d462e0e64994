using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Roles;
using MfaSts.Sessions;

using MfaSts.Stores;

namespace MfaSts.Profiles;

/// <summary>Sets and removes a profile's <c>credential_process</c>, and puts out of its way what AWS tools would take before it.</summary>
/// <param name="files">The AWS files.</param>
public sealed class CredentialProcessStore(AwsFiles files)
{
    private const string Key = "credential_process";

    /// <summary>The profile's own section, of either file, holds long-term keys, which must be moved before it can be registered.</summary>
    public bool NeedsMove(string profile)
    {
        var settings = MfaProfile.Read(profile, files);
        return CredentialKeys.IsLongTerm(settings.Documents.Credentials.Find(profile))
            || CredentialKeys.IsLongTerm(settings.Documents.Config.FindProfile(profile));
    }

    /// <summary>
    /// What else stands in the profile's own section that AWS tools take before a credential_process: a session that another tool left,
    /// dead or alive, or a part of keys, an empty one too. Null when nothing does.
    /// </summary>
    /// <returns>What it is, as the end of a sentence.</returns>
    public string? KeysInTheWay(string profile)
    {
        var section = files.Credentials.Read().Find(ProfileName.Require(profile));
        var first = section?.FindKey(CredentialKeys.AccessKeyId) ?? section?.FindKey(CredentialKeys.SecretAccessKey);
        return first is null || CredentialKeys.IsLongTerm(section) || IsOurs(section!) ? null : Describe(section!, first);
    }

    /// <summary>Checks that a profile may have one, before anything is installed for it.</summary>
    /// <exception cref="MfaException">ProfileUnsuitable: it has a role, or another program's.</exception>
    public void Check(string profile) => RequireSuitable(MfaProfile.Read(profile, files), clearSection: true);

    /// <summary>
    /// Sets it. A session of ours goes from <c>[p]</c> to <c>[p-sts]</c>, and an <c>mfa_serial</c> to <c>aws_mfa_device</c>: the AWS SDK
    /// for .NET finds nothing in a profile that has either beside it.
    /// </summary>
    /// <param name="profile">The profile.</param>
    /// <param name="program">The full path of <c>mfasts</c>.</param>
    /// <param name="clearSection">
    /// Move long-term keys out of the profile's own section, and remove another tool's session from it, instead of refusing.
    /// </param>
    /// <param name="cancellationToken">Ends the wait for a lock.</param>
    /// <exception cref="MfaException">ProfileUnsuitable, LongTermCredentialNotFound, the Store errors.</exception>
    public void Register(string profile, string program, bool clearSection, CancellationToken cancellationToken)
    {
        string command = CredentialProcessCommand.For(program, profile);
        var settings = MfaProfile.Read(profile, files);
        RequireSuitable(settings, clearSection);
        var longTerm = new LongTermCredentialStore(files);
        if (longTerm.Find(profile) is null)
        {
            throw longTerm.NotFound(profile);
        }

        files.Config.RequireWritable();
        files.Credentials.RequireWritable();
        files.Config.AwaitTurn(cancellationToken);
        if (NeedsMove(profile))
        {
            var own =
                longTerm.FindAll(profile)
                    .First(credential => credential.Layout == LongTermLayout.Bare || credential.Layout == LongTermLayout.InConfig);
            new LongTermCredentialImporter(files, KeyStores.FileOnly).MoveKeys(own, cancellationToken);
        }

        if (KeysInTheWay(profile) is not null)
        {
            files.Credentials.Update(document => SessionStore.RemoveForeign(document, profile), cancellationToken);
        }

        if (settings.Setting("mfa_serial") is { } serial)
        {
            longTerm.Store(new LongTermCredentialChange { Profile = profile, SerialNumber = serial }, cancellationToken);
        }

        files.Credentials.Update(
            document => SessionStore.Move(document, profile, profile + ProfileName.SessionSuffix, settings.Region), cancellationToken);
        files.Config.Update(document => ConfigFile.SetProfile(document, profile, [new(Key, command)]), CancellationToken.None);
    }

    /// <summary>Removes it, and puts the session back into the profile's own section.</summary>
    /// <returns>False when the profile has none.</returns>
    /// <exception cref="MfaException">ProfileUnsuitable: it is another program's.</exception>
    public bool Unregister(string profile, CancellationToken cancellationToken)
    {
        var settings = MfaProfile.Read(profile, files);
        if (settings.Setting(Key) is not { } command)
        {
            return false;
        }

        if (!CredentialProcessCommand.IsOurs(command))
        {
            throw MfaErrors.ProfileHasOtherProcess(profile, files.Config.Path);
        }

        files.Credentials.AwaitTurn(cancellationToken);
        files.Config.Update(document => ConfigFile.SetProfile(document, profile, [new(Key, null)]), cancellationToken);
        if (!MfaProfile.Read(profile, files).SessionNeedsOwnSection)
        {
            files.Credentials.Update(
                document => SessionStore.Move(document, profile + ProfileName.SessionSuffix, profile, region: null),
                    CancellationToken.None);
        }

        return true;
    }

    private string? SourceOf(MfaProfile role)
    {
        try
        {
            return new RoleReader(files, new EnvironmentVariables(_ => null))
                .Find(new SessionRequest { Profile = role.Name }, role)?.Source.Name;
        }
        catch (MfaException)
        {
            return null;
        }
    }

    private static bool IsOurs(IniSection section) =>
        section[CredentialKeys.Manager] == CredentialKeys.ManagerName && CredentialKeys.IsSession(section);

    private static string Describe(IniSection section, IniKey first)
    {
        string place = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {first.Line.Number}");
        if (!CredentialKeys.IsSession(section))
        {
            return $"a part of an access key ({place})";
        }

        string until = StoredSession.In(section, _ => null)?.Expiration is { } expiration
            ? $", expiration {ExpirationText.Format(expiration)}"
            : string.Empty;
        return $"a session of another tool ({place}: {section[CredentialKeys.AccessKeyId]}{until})";
    }

    private void RequireSuitable(MfaProfile settings, bool clearSection)
    {
        if (settings.Setting("role_arn") is not null)
        {
            throw MfaErrors.ProfileHasRole(settings.Name, files.Config.Path, SourceOf(settings));
        }

        if (settings.OtherSource is { } source && source != Key)
        {
            throw MfaErrors.ProfileHasOtherSource(settings.Name, source, PlaceOf(settings, source));
        }

        if (settings.Setting(Key) is { } existing && !CredentialProcessCommand.IsOurs(existing))
        {
            throw MfaErrors.ProfileHasOtherProcess(settings.Name, files.Config.Path);
        }

        if (!clearSection && NeedsMove(settings.Name))
        {
            throw MfaErrors.ProfileHasLongTermKeys(settings.Name, files.Credentials.Path);
        }

        if (!clearSection && KeysInTheWay(settings.Name) is { } keys)
        {
            throw MfaErrors.ProfileHasForeignKeys(settings.Name, files.Credentials.Path, keys);
        }
    }

    private string PlaceOf(MfaProfile settings, string key)
    {
        var (section, file) = settings.Documents.Config.FindProfile(settings.Name) is { } configured && configured.FindKey(key) is not null
            ? (configured, files.Config)
            : (settings.Documents.Credentials.Find(settings.Name), files.Credentials);
        int? line = section?.FindKey(key)?.Line.Number;
        return line is null
            ? $"'{files.Config.Path}'"
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"[{section!.Name}] of '{file.Path}', line {line}");
    }
}
